import type { SourceSpec } from '../check-file/check-spec.ts';
import type { Dialect } from '../sql/dialect.ts';

/** What a planner makes its SQL of. */
export interface PlanParts {
  readonly dialect: Dialect;
  readonly source: SourceSpec;
  /** Of the own table, in its order, with the engine's names of their types. */
  readonly columns: readonly TableColumn[];
  /** To select from; always give it an alias. */
  readonly table: string;
  /** The check's `where`, false where it is NULL; null = every row. Whoever runs a plan of rows adds it by himself. */
  readonly where: string | null;
  /** ISO instant of the run. */
  readonly startedAt: string;
  /** A column's value in SQL. */
  value(column: string): ValueSql;
}

export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** One value in its readings. */
export interface ValueSql {
  /** Condition, never NULL: NULL, or its trimmed text is among the source's `missing`. */
  readonly isMissing: string;
  readonly isPresent: string;
  /** As it stands; compared byte by byte. */
  readonly text: string;
  readonly trimmed: string;
  /** Double, or NULL where it is no number. */
  readonly number: string;
  /** Seconds since 1970, or NULL where it is no time of the source's formats. */
  readonly seconds: string;
  /** Equal exactly where the texts are equal, and the cheapest to compare. */
  readonly key: string;
}
