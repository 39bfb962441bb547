/** What a check file may leave open, each with its reason. */
export const checkDefaults = {
  /** A row that fails is a fault until somebody says how many are tolerable. */
  max: 0,
  weight: 1,
  /** Enough for a look, few enough that no table is copied into the store. */
  sampleRows: 5,
  /** Ten million rows on a slow disk are read in less; a forgotten lock is noticed. */
  timeout: '5m',
  timeFormats: ['iso'],
  /** Where the settings name no zone, times without one mean UTC, as everywhere in this program. */
  zone: 'UTC',
  /** Convention of credit scoring: above 0.2 a population is held to have shifted (Siddiqi, Credit Risk Scorecards, 2006). */
  driftMax: 0.2,
  /** Runs that a base line of a drift may lie back: a month of daily runs. */
  driftRuns: 30,
  historyRuns: 10,
  historyTolerance: 0.3,
  /** Below it unlike street names of a few characters begin to count as alike. */
  similarity: 0.92,
} as const;

/** Bounds of what one file may ask for. */
export const checkLimits = { sources: 200, checksOfSource: 200, sampleRows: 100 } as const;
