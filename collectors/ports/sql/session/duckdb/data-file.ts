import { open, stat, symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type DataFile, InputError } from '../../../../contract.ts';
import { csvHeader } from './csv-header.ts';
import { recode, requireUtf8 } from './text-stream.ts';

/** The header of a CSV file has to end within it. */
const headBytes = 1024 * 1024;

/** A file as DuckDB reads it: by a name of ours in a private folder, so that no character of the user's name means more. */
export interface ReadyFile {
  readonly file: DataFile;
  /** What DuckDB opens: a link to the file, or the file recoded. */
  readonly path: string;
  /** Of CSV: names of the columns. */
  readonly columns: readonly string[];
  readonly isJsonArray: boolean;
  /** InputError when the file is no longer the one that was opened. */
  requireUnchanged(): Promise<void>;
}

export async function readyFile(file: DataFile, target: string): Promise<ReadyFile> {
  const source = resolve(file.path);
  const state = await stateOf(source, file.path);
  const head = await headOf(source);
  requireKind(file, head);
  const encoding = encodingOf(file);
  const isPacked = file.format !== 'parquet' && head[0] === 0x1f && head[1] === 0x8b;
  const isRecoded = isPacked || encoding !== 'utf-8';
  if (isRecoded) await recode({ path: source, encoding, isPacked }, target);
  else {
    if (file.format !== 'parquet') await requireUtf8(source);
    await symlink(source, target);
  }
  const text = file.format === 'parquet' ? '' : (await headOf(target)).toString('utf8');
  const requireUnchanged = async () => {
    if ((await stateOf(source, file.path)) !== state) throw changed(file.path);
  };
  await requireUnchanged();
  return {
    file,
    path: target,
    columns: file.format === 'csv' ? columnsOf(file, text) : [],
    isJsonArray: file.format === 'json' && startsArray(file, text),
    requireUnchanged: isRecoded ? async () => {} : requireUnchanged,
  };
}

async function stateOf(source: string, path: string): Promise<string> {
  try {
    const found = await stat(source);
    if (!found.isFile()) throw new InputError(`${path}: not a file`, { zh: `${path}：不是文件` });
    return `${found.ino} ${found.size} ${found.mtimeMs}`;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new InputError(`${path}: cannot be read (${code}): check the path and the rights`, {
      zh: `${path}：无法读取（${code}）：请检查路径和权限`,
    });
  }
}

function changed(path: string): InputError {
  return new InputError(`${path}: changed while it was read: run again when nobody writes to it`, {
    zh: `${path}：读取过程中文件被改动：请在无人写入时重新运行`,
  });
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const bytes = Buffer.alloc(headBytes);
    const { bytesRead } = await handle.read(bytes, 0, headBytes, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const signatures: readonly (readonly [string, string])[] = [
  ['PAR1', 'a Parquet file'],
  ['PK\x03\x04', 'a ZIP file or an Excel workbook'],
  ['\xd0\xcf\x11\xe0', 'an old Excel or Word file'],
  ['%PDF', 'a PDF'],
  ['SQLite format 3', 'an SQLite database'],
];

function requireKind({ path, format, encoding }: DataFile, head: Buffer): void {
  const start = head.subarray(0, 16).toString('latin1');
  const found = signatures.find(([signature]) => start.startsWith(signature))?.[1];
  if (format === 'parquet') {
    if (start.startsWith('PAR1')) return;
    throw notWhatItSays(path, `not a Parquet file${found ? ` but ${found}` : ''}`);
  }
  const name = format === 'csv' ? 'CSV' : 'JSON';
  if (found) throw notWhatItSays(path, `not ${name} but ${found}`);
  if (head.length === 0) throw notWhatItSays(path, 'empty');
  if (encoding === undefined && /^(?:\xff\xfe|\xfe\xff)/.test(start))
    throw notWhatItSays(path, 'UTF-16: give encoding: utf-16le or utf-16be');
}

function notWhatItSays(path: string, found: string): InputError {
  return new InputError(`${path}: ${found}`, { zh: `${path}：文件内容与声明的格式不符（${found}）` });
}

function encodingOf({ path, format, encoding = 'utf-8' }: DataFile): string {
  if (format === 'parquet') return 'utf-8';
  try {
    return new TextDecoder(encoding).encoding;
  } catch {
    throw new InputError(
      `${path}: encoding ${JSON.stringify(encoding)} is not known: write utf-8, gb18030, latin1, utf-16le ...`,
    );
  }
}

function columnsOf({ path, delimiter = ',' }: DataFile, text: string): readonly string[] {
  const columns = csvHeader(text, delimiter);
  if (columns) return columns;
  throw new InputError(
    `${path}: line 1 is no CSV header: its quotes are not closed, or it is longer than 1 MiB`,
    {
      zh: `${path}：第 1 行不是有效的 CSV 表头：引号未闭合，或长度超过 1 MiB`,
    },
  );
}

function startsArray({ path }: DataFile, text: string): boolean {
  const [first] = text.replace(/^\uFEFF/, '').trimStart();
  if (first === '[' || first === '{') return first === '[';
  throw notWhatItSays(path, 'not JSON: neither an array of objects nor one object on each line');
}
