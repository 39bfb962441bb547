import {
  type CheckResult,
  type DepartmentScore,
  type QualityDimension,
  type QualityProblem,
  type QualityRun,
  type QualityScore,
  qualityDimensions,
  scoreDepartments,
  scoreOfRun,
} from '../../../../collectors/contract.ts';

/** A source's newest run with what it amounts to. */
export interface SourceStanding {
  readonly run: QualityRun;
  readonly score: QualityScore;
}

export function standingsOf(runs: readonly QualityRun[]): SourceStanding[] {
  return runs.map((run) => ({ run, score: scoreOfRun(run) }));
}

/** All sources as if they were of one department; null without a run. */
export function wholeOf(runs: readonly QualityRun[]): DepartmentScore | null {
  const asOne = runs.map((run) => ({ ...run, source: { ...run.source, department: null } }));
  return scoreDepartments(asOne)[0] ?? null;
}

/** Weighted mean of each dimension's failing ratio over the sources, 0..1; null where nothing was measured. */
export function dimensionsOf(
  standings: readonly SourceStanding[],
): Readonly<Record<QualityDimension, number | null>> {
  return Object.fromEntries(
    qualityDimensions.map((dimension) => {
      const parts = standings.flatMap(({ run, score }) => {
        const value = score.dimensions[dimension];
        return value === null ? [] : [{ weight: run.source.weight, value }];
      });
      const weight = parts.reduce((sum, part) => sum + part.weight, 0);
      const sum = parts.reduce((total, part) => total + part.weight * part.value, 0);
      return [dimension, weight === 0 ? null : sum / weight];
    }),
  ) as Record<QualityDimension, number | null>;
}

/** Checks of the runs that missed their threshold, by what they count to. */
export function missedIn(
  runs: readonly QualityRun[],
  counts: (result: CheckResult) => boolean,
): { readonly missed: number; readonly of: number } {
  const own = runs.flatMap((run) => run.results.filter((each) => each.state === 'measured' && counts(each)));
  return { missed: own.filter((each) => each.isMissed).length, of: own.length };
}

export const ofProblem = (problem: QualityProblem) => (result: CheckResult) => result.problem === problem;
export const ofDimension = (dimension: QualityDimension) => (result: CheckResult) =>
  result.dimension === dimension;

export interface Trouble {
  readonly run: QualityRun;
  readonly result: CheckResult;
}

/** What a person should look at: what could not be computed, then missed thresholds, the heaviest first. */
export function troublesOf(runs: readonly QualityRun[]): Trouble[] {
  const weightOf = ({ run, result }: Trouble) => run.source.weight * result.weight * (result.ratio ?? 1);
  return runs
    .flatMap((run) => run.results.map((result) => ({ run, result })))
    .filter(({ result }) => result.state === 'failed' || result.isMissed === true)
    .toSorted(
      (a, b) =>
        Number(b.result.state === 'failed') - Number(a.result.state === 'failed') ||
        weightOf(b) - weightOf(a),
    );
}

/** A source is late after this many of its usual intervals: one run may fail before anybody is called. */
const lateAfterIntervals = 3;
/** The usual interval of a source that ran once; checks are meant to run daily. */
const standardInterval = 86_400_000;

/** True when the newest run is older than the rhythm of the runs before it, `history` newest first. */
export function isLate(history: readonly Pick<QualityRun, 'startedAt'>[], now: string): boolean {
  const times = history.map((each) => Date.parse(each.startedAt));
  const [newest] = times;
  if (newest === undefined) return false;
  const gaps = times.slice(1).map((time, at) => (times[at] ?? time) - time);
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? standardInterval;
  return Date.parse(now) - newest > lateAfterIntervals * Math.max(usual, standardInterval);
}
