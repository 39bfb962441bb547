import { InputError } from '../../contract.ts';
import { quoted } from './row.ts';

export const rowFormats = ['csv', 'json', 'ndjson', 'xlsx'] as const;
export type RowFormat = (typeof rowFormats)[number];

export interface FileFormat {
  readonly format: RowFormat;
  readonly isGzip: boolean;
  /** Tab for .tsv; otherwise the mapping's, else a comma. */
  readonly delimiter: string | null;
}

const endings: Readonly<Record<string, RowFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  xlsx: 'xlsx',
};

const needs: Readonly<Record<RowFormat, string>> = {
  csv: 'it needs a header line with the names of its columns',
  json: 'it needs an array of records, [{...}, {...}]; without records write []',
  ndjson: 'it needs one record {...} per line',
  xlsx: 'it is no workbook, save or fetch it again',
};

const known = 'CSV, TSV, JSON, NDJSON (each also as .gz) and XLSX';

function startsWith(head: Uint8Array, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}

/** Told from name and first bytes together; InputError for an empty file, and where they contradict each other or the format is not known. */
export function fileFormatOf(name: string, head: Uint8Array): FileFormat {
  const lower = name.toLowerCase();
  const ending = /\.([^./\\]+)$/.exec(lower.replace(/\.gz$/, ''))?.[1] ?? '';
  const format = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  if (head.length === 0) {
    throw new InputError(`${name} is empty: ${format ? needs[format] : 'name a file that holds records'}`);
  }
  const isGzip = startsWith(head, 0x1f, 0x8b);
  const isZip = startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06);
  if (lower.endsWith('.gz') && !isGzip) {
    throw new InputError(`${name} is named .gz but is not gzip data: name it after what it holds`);
  }
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new InputError(
      `${name} is an old (.xls) or password-protected Excel file: save it as .xlsx without password, or as CSV`,
    );
  }
  if (!format) {
    throw new InputError(
      `${name}: the ending ${quoted(ending)} is not of a known format; known are ${known}`,
    );
  }
  if (format === 'xlsx' && isGzip) {
    throw new InputError(`${name} is a gzip file: XLSX is compressed already, unpack it first`);
  }
  if (isZip !== (format === 'xlsx')) {
    throw new InputError(
      isZip
        ? `${name} is named .${ending} but is a ZIP or XLSX file: name it .xlsx or unpack it`
        : `${name} is named .xlsx but is not an XLSX file: name it after what it holds`,
    );
  }
  return { format, isGzip, delimiter: ending === 'tsv' ? '\t' : null };
}
