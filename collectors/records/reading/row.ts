import type { Text } from '../../contract.ts';

/**
 * A value as the file holds it. A `Date` is a local date and time without zone, carried in its UTC fields (spreadsheet
 * dates). A list comes from JSON arrays only.
 */
export type Cell = string | number | boolean | Date | readonly string[] | null;

export interface Row {
  /** Counted from 1 with the header as line 1; for JSON the line on which the object starts, for XLSX the sheet's row. */
  readonly line: number;
  /** As many as the batch has columns. */
  readonly cells: readonly Cell[];
}

/** A row that cannot be taken, with its line and what to do about it. */
export interface Reject {
  readonly line: number;
  /** The record's id where it could be read. */
  readonly id: string | null;
  /** In English; `text` says the same in both languages. */
  readonly reason: string;
  readonly text: Text;
}

export function rejectOf(line: number, id: string | null, text: Text): Reject {
  return { line, id, reason: text.en, text };
}

/** What a format reader yields; `columns` only ever grows at its end (JSON objects may bring keys later). */
export interface RowGroup {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly rejects: readonly Reject[];
}

/** No record, line or cell may be larger than this many bytes. */
export const maxRecordBytes = 1_000_000;

/** Letters in a message; the text is cut so that a message stays readable. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
