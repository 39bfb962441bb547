import type { Subject, Unit } from '../../contract.ts';

/** What is known about indicators when entries and observations are read. */
export interface IndicatorLookup {
  /** Null = no model has this indicator. */
  readonly unitOf: (indicator: string) => Unit | null;
  /** Ids that look like an unknown one, for its message; may be empty. */
  readonly similarTo: (indicator: string) => readonly string[];
}

/** What normalising a row may lean on besides the row. */
export interface RowContext {
  /** The subject named on the command line. */
  readonly root: Subject;
  /** True for a subject that the store has; asked only for ids that stand in the file. */
  readonly isSubject: (id: string) => boolean;
  /** Null = indicators are taken as they stand, without check of id and unit. */
  readonly indicators: IndicatorLookup | null;
}
