import type { DataEngine } from '../../contract.ts';

/**
 * One SQL for four engines: every function takes and gives SQL text and means the same everywhere, so that a check counts
 * the same rows wherever the table is. Unless said otherwise NULL in gives NULL out, and nothing raises an error for a value.
 */
export interface Dialect {
  readonly engine: DataEngine;
  /** A name, quoted; a dot within is part of the name. */
  identifier(name: string): string;
  /** A text, quoted; no text can end it. */
  literal(text: string): string;
  /** The value as text, compared byte by byte whatever the collation: blanks at its end and case count. */
  text(value: string): string;
  /**
   * The text as a double where it is a number as JSON writes one (blanks around it are trimmed, a leading + or zeros are
   * allowed) of at most 200 characters and two digits of exponent, so that no engine overflows; else NULL.
   */
  number(text: string): string;
  /**
   * Seconds since 1970 UTC, a double, of a time in one of the formats (`time-formats.ts`), else NULL; local times in the
   * IANA zone (UTC when absent). Days and hours that do not exist (30 February, 24:00), blanks at
   * either end and years before 1000 are NULL. A value of a native date
   * or timestamp column is read as `iso`: pass `['iso']` for one. InputError for a format or zone that is none.
   */
  epochSeconds(value: string, formats: readonly string[], zone?: string): string;
  /**
   * The same number as `epochSeconds` with `['iso']`, without a text in between, of a column whose type by the engine's
   * catalogue keeps days or times; null = this type is not read so. In a session whose time zone is UTC.
   */
  nativeEpochSeconds(column: string, type: string, zone?: string): string | null;
  /** Condition: the whole text matches a portable expression (`portable-regex.ts`). */
  matches(text: string, regex: string): string;
  /** Code points. */
  length(text: string): string;
  /** Without blanks, tabs, line ends and ideographic spaces at both ends. */
  trim(text: string): string;
  /** Code points `from` (1 = first) to `from + count - 1`; '' beyond the end. */
  substring(text: string, from: number, count: number): string;
  /** Where a text stands within another, 1 = at its beginning, 0 = nowhere. */
  position(within: string, text: string): string;
  /** The letters a to z alone: engines fold others in their own ways. */
  upper(text: string): string;
  lower(text: string): string;
  /** How many rows fulfil the condition: an aggregate; 0 for no row. */
  countIf(condition: string): string;
  /** How many different combinations without NULL: an aggregate. */
  countDistinct(values: readonly string[]): string;
  /** The condition, false where it is NULL. */
  isTrue(condition: string): string;
  /** Both are equal, or both NULL. */
  isSame(one: string, other: string): string;
  /**
   * Some of the combinations without NULL that stand in more than one row that fulfils the condition, at most `most`: an
   * aggregate, JSON of texts as [["a", "b"], ...]. It looks at one of a thousand combinations, so that it costs next to
   * nothing, and may find none; null where the engine has none.
   */
  someRepeated: ((values: readonly string[], condition: string, most: number) => string) | null;
  /** The SQL standard's percentile_cont over the rows where value is not NULL: an aggregate; null where the engine has none. */
  percentile: ((value: string, share: number) => string) | null;
}
