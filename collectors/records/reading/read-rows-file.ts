import type { Text } from '../../contract.ts';
import { csvRows } from './csv-rows.ts';
import { decodeText, type Encoding } from './decoded-text.ts';
import { type FileFormat, fileFormatOf } from './file-format.ts';
import { gunzip } from './gunzip.ts';
import { jsonRows } from './json-rows.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import { openRawFile, type RawFile } from './raw-file.ts';
import type { RowGroup } from './row.ts';
import { xlsxRows } from './xlsx/xlsx-rows.ts';

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

/** Groups of rows and a way to ask how many bytes of the file they account for. */
interface Reading {
  readonly groups: AsyncIterable<RowGroup>;
  readonly bytesRead: () => number;
}

/** A workbook is read out of order: hashed first, then its sheet; progress is the sheet's. */
function workbookReading(file: RawFile, options: ReadOptions): Reading {
  let share = 0;
  async function* groups(): AsyncGenerator<RowGroup> {
    for await (const _ of file.chunks());
    const onShare = (now: number) => {
      share = Math.min(1, now);
    };
    const { sheet, headerLine } = options;
    yield* xlsxRows({ source: file.source, name: file.name, sheet, headerLine, onShare });
  }
  return { groups: groups(), bytesRead: () => Math.round(share * file.totalBytes) };
}

function readingOf(file: RawFile, format: FileFormat, options: ReadOptions, notes: Text[]): Reading {
  if (format.format === 'xlsx') return workbookReading(file, options);
  const text = textOf(file, format, options, notes);
  const { name, bytesRead } = file;
  if (format.format === 'json') return { groups: jsonRows(text, name), bytesRead };
  if (format.format === 'ndjson') return { groups: ndjsonRows(text, name), bytesRead };
  const groups = csvRows(text, {
    name,
    delimiter: options.delimiter ?? format.delimiter ?? ',',
    quote: options.quote === undefined ? '"' : options.quote,
    headerLine: options.headerLine,
  });
  return { groups, bytesRead };
}

async function* withProgress(
  { groups, bytesRead }: Reading,
  totalBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBatch> {
  for await (const group of groups) {
    signal?.throwIfAborted();
    yield { ...group, bytesRead: bytesRead(), totalBytes };
  }
}

/**
 * Opens a CSV, JSON, NDJSON (plain or gzip) or XLSX file by its path, or by its bytes, and reads its rows with bounded memory. InputError for a file
 * that is absent, of unknown format, truncated, in the wrong encoding or with a record beyond the limit.
 */
export async function readRows(source: string | Uint8Array, options: ReadOptions = {}): Promise<RowFile> {
  const name = options.name ?? (typeof source === 'string' ? source : 'file');
  const file = await openRawFile(source, name, options.signal);
  const format = fileFormatOf(file.name, file.head);
  const notes: Text[] = [];
  const batches = withProgress(readingOf(file, format, options, notes), file.totalBytes, options.signal);
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
