import type { BuiltInFormat, SourceSpec } from '../check-file/check-spec.ts';

/** What a source looks like, for a person who is to write its checks. Values of sensitive columns are not in it. */
export interface SourceProfile {
  readonly source: SourceSpec;
  /** ISO instant. */
  readonly profiledAt: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Smallest sets of columns, without missing values, that no two rows share: single columns, else pairs. */
  readonly keys: readonly (readonly string[])[];
  /** Statements that read the table from end to end. */
  readonly scans: number;
  readonly sql: readonly string[];
}

const profiledTypes = ['integer', 'number', 'instant', 'date', 'boolean', 'text'] as const;
export type ProfiledType = (typeof profiledTypes)[number];

export interface ColumnProfile {
  readonly name: string;
  /** The engine's name of its type. */
  readonly type: string;
  /** What its present values can be read as, and how many of them. */
  readonly guess: { readonly type: ProfiledType; readonly fitting: number };
  /** Personal by its name, by its values or as declared. */
  readonly isSensitive: boolean;
  readonly present: number;
  readonly missing: number;
  readonly distinct: { readonly count: number; readonly isExact: boolean };
  /** Of numbers, or of times as seconds since 1970; null for texts, without values, and of sensitive columns. */
  readonly range: { readonly min: number; readonly max: number } | null;
  /** In code points; null without values. */
  readonly length: { readonly min: number; readonly max: number } | null;
  /** Of numbers: 5 %, 25 %, 50 %, 75 %, 95 % (percentile_cont); null for all else and of sensitive columns. */
  readonly quantiles: readonly number[] | null;
  /** All values with their rows, most frequent first, where they are few; null where they are many, and of sensitive columns. */
  readonly values: readonly { readonly value: string; readonly rows: number }[] | null;
  /** Classes of characters that its values are made of; null where they differ, and of sensitive columns. */
  readonly pattern: { readonly regex: string; readonly rows: number } | null;
  /** The built-in format that most of its values have, of those whose values were looked for. */
  readonly format: { readonly as: BuiltInFormat; readonly rows: number } | null;
  /** How its times are written; null where it holds none. */
  readonly timeFormat: string | null;
}

/** Shares looked at in a profile, each with its reason in `thresholds`. */
export const quantileShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
