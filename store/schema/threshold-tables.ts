import type { Generated } from 'kysely';

export interface ThresholdStatesTable {
  threshold: string;
  /** Canonical JSON of the series' labels. */
  series: string;
  subject_id: string | null;
  lamp: string;
  /** Canonical JSON of the state. */
  body: string;
}

export interface ThresholdChangesTable {
  id: Generated<number>;
  threshold: string;
  subject_id: string | null;
  series: string;
  at: string;
  /** Canonical JSON of the state without its memory. */
  body: string;
}

/** Tables of standings with thresholds. */
export interface ThresholdSchema {
  threshold_states: ThresholdStatesTable;
  threshold_changes: ThresholdChangesTable;
}
