import { InputError, type Text } from '../../contract.ts';
import { type CsvOptions, csvRows } from './csv-rows.ts';
import { decodeText, type Encoding } from './decoded-text.ts';
import { type FileFormat, fileFormatOf } from './file-format.ts';
import { gunzip } from './gunzip.ts';
import { jsonRows } from './json-rows.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import { openRawFile, type RawFile } from './raw-file.ts';
import type { RowGroup } from './row.ts';

export interface ReadOptions {
  /** The name the user knows, when the path is that of a temporary copy. */
  readonly name?: string | undefined;
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: string | undefined;
  readonly quote?: string | null | undefined;
  readonly headerLine?: number | undefined;
  /** Sheet of a workbook, by name; without it the first. */
  readonly sheet?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A group of rows and how far into the file they reach. */
export interface RowBatch extends RowGroup {
  readonly bytesRead: number;
  readonly totalBytes: number;
}

/** A file opened for reading its rows once. */
export interface RowFile {
  readonly name: string;
  readonly totalBytes: number;
  /** False for JSON, where the columns are the keys met so far. */
  readonly hasFixedColumns: boolean;
  readonly batches: AsyncIterable<RowBatch>;
  /** SHA-256 of the file's bytes, lower-case hex; only after the last batch. */
  readonly sha256: () => string;
  /** What was found out while reading and the user should know. */
  readonly notes: readonly Text[];
}

function textOf(file: RawFile, format: FileFormat, options: ReadOptions, notes: Text[]) {
  const chunks = file.chunks();
  const bytes = format.isGzip ? gunzip(chunks, file.name) : chunks;
  return decodeText(bytes, {
    name: file.name,
    encoding: options.encoding,
    note: (note) => notes.push(note),
  });
}

function groupsOf(
  file: RawFile,
  format: FileFormat,
  options: ReadOptions,
  notes: Text[],
): AsyncIterable<RowGroup> {
  if (format.format === 'xlsx') throw new InputError(`${file.name}: XLSX is not read yet`);
  const text = textOf(file, format, options, notes);
  if (format.format === 'json') return jsonRows(text, file.name);
  if (format.format === 'ndjson') return ndjsonRows(text, file.name);
  const csv: CsvOptions = {
    name: file.name,
    delimiter: options.delimiter ?? format.delimiter ?? ',',
    quote: options.quote === undefined ? '"' : options.quote,
    headerLine: options.headerLine ?? 1,
  };
  return csvRows(text, csv);
}

async function* withProgress(
  file: RawFile,
  groups: AsyncIterable<RowGroup>,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBatch> {
  for await (const group of groups) {
    signal?.throwIfAborted();
    yield { ...group, bytesRead: file.bytesRead(), totalBytes: file.totalBytes };
  }
}

/**
 * Opens a CSV, JSON, NDJSON (plain or gzip) or XLSX file and reads its rows with bounded memory. InputError for a file
 * that is absent, of unknown format, truncated, in the wrong encoding or with a record beyond the limit.
 */
export async function readRows(path: string, options: ReadOptions = {}): Promise<RowFile> {
  const file = await openRawFile(path, options.name ?? path, options.signal);
  const format = fileFormatOf(file.name, file.head);
  const notes: Text[] = [];
  const batches = withProgress(file, groupsOf(file, format, options, notes), options.signal);
  const hasFixedColumns = format.format === 'csv' || format.format === 'xlsx';
  return {
    name: file.name,
    totalBytes: file.totalBytes,
    hasFixedColumns,
    batches,
    sha256: file.sha256,
    notes,
  };
}
