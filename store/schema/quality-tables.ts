import type { Generated } from 'kysely';

export interface QualityRunsTable {
  id: Generated<number>;
  subject_id: string;
  source: string;
  started_at: string;
  /** Canonical JSON of the run without its results. */
  body: string;
  /** JSON list of the different statements of its results. */
  statements: string;
}

export interface QualityResultsTable {
  run_id: number;
  /** Place in the run, from 0. */
  position: number;
  check_id: string;
  /** Canonical JSON of the result, its statements as places in the run's list. */
  body: string;
}

/** Tables of data-quality runs. */
export interface QualitySchema {
  quality_runs: QualityRunsTable;
  quality_results: QualityResultsTable;
}
