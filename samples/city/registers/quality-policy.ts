import { databaseSources } from './database-sources.ts';
import { fileSources } from './file-sources.ts';
import type { SampleSource } from './sample-check.ts';

export const qualitySources: readonly SampleSource[] = [...databaseSources, ...fileSources];

/** One source of a district. */
export const districtSource = { index: 2, share: 0.2 } as const;

export const qualityStories = {
  /** In the last month the account of the registry lost its right to read one column. */
  denied: { source: 'enterprises', column: 'address', month: 11 },
  /** The water gauges were not delivered for two weeks. */
  late: { source: 'water-gauges', column: 'at', month: 8, days: 14 },
} as const;
