import type { FieldSpec, FieldValue, Unit } from '../../contract.ts';
import { nearest } from '../mapping/did-you-mean.ts';
import { type Cell, quoted } from '../reading/row.ts';
import type { TimeParser } from './calendar-time.ts';
import { faulty, type Problem, rejected } from './problem.ts';
import type { ZoneClock } from './zoned-time.ts';

/** `unit` is that of the indicator that the row is about; null where rows are about none. */
export type CellReader = (cell: Cell, unit?: Unit | null) => FieldValue | Problem;

/** Where a value stands, for its messages. */
export interface Place {
  readonly column: string;
  readonly field: string;
}

export const maxTextLength = 4000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the store.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Text of a cell, trimmed; control characters become spaces and broken surrogate pairs U+FFFD. */
export function textOf(cell: Cell): string {
  if (typeof cell === 'string') {
    const text = cell.trim();
    controlCharacters.lastIndex = 0;
    if (!controlCharacters.test(text) && text.isWellFormed()) return text;
    return text.replace(controlCharacters, ' ').toWellFormed().trim();
  }
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return String(cell);
}

export function readText(cell: Cell, { column }: Place): string | null | Problem {
  const text = textOf(cell);
  if (text.length <= maxTextLength) return text === '' ? null : text;
  return rejected(
    `「${column}」列的文字长 ${text.length} 字符，上限为 ${maxTextLength}：请缩短`,
    `column ${column} holds ${text.length} characters where ${maxTextLength} are allowed: shorten it`,
  );
}

const truthOf: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  '1': true,
  是: true,
  有: true,
  false: false,
  no: false,
  n: false,
  '0': false,
  否: false,
  无: false,
};

export function readBoolean(cell: Cell, { column, field }: Place): boolean | null | Problem {
  if (typeof cell === 'boolean') return cell;
  const text = textOf(cell);
  if (text === '') return null;
  const key = text.toLowerCase();
  if (Object.hasOwn(truthOf, key)) return truthOf[key] ?? null;
  return rejected(
    `「${column}」列的值 ${quoted(text)} 不是“是/否”：请改写，或在映射文件的 fields.${field}.values 中说明`,
    `${quoted(text)} in column ${column} is neither yes nor no: change it, or list it under fields.${field}.values of the mapping`,
  );
}

/** A reader for one of the spec's codes. */
export function codeReader(spec: FieldSpec, { column, field }: Place): CellReader {
  const codes = spec.codes ?? [];
  const known = new Map(
    codes.flatMap((code) => [[code, code] as const, [code.toLowerCase(), code] as const]),
  );
  return (cell) => {
    const text = textOf(cell);
    if (text === '') return null;
    const code = known.get(text) ?? known.get(text.toLowerCase());
    if (code) return code;
    const near = nearest(text, codes);
    return rejected(
      `「${column}」列的值 ${quoted(text)} 不是“${spec.title.zh}”的取值（${codes.join('、')}）${near ? `，是否应为 ${near}` : ''}：请在映射文件的 fields.${field}.values 中说明`,
      `${quoted(text)} in column ${column} is none of ${codes.join(', ')}${near ? ` (did you mean ${near}?)` : ''}: list it under fields.${field}.values of the mapping`,
    );
  };
}

export function readList(cell: Cell, separator: string | null): readonly string[] | null {
  const parts = Array.isArray(cell) ? cell : textOf(cell).split(separator ?? /[;；、]/);
  const items = parts.map((part) => textOf(part as Cell)).filter((item) => item !== '');
  return items.length > 0 ? items : null;
}

/** A reader of instants: ISO UTC text with milliseconds; a time that does not exist is a fault, not a reject. */
export function instantReader(parsers: readonly TimeParser[], clock: ZoneClock, place: Place): CellReader {
  let lastText = '';
  let lastValue: FieldValue | Problem = null;
  return (cell) => {
    if (cell instanceof Date && !Number.isNaN(cell.getTime())) return isoOf(clock(cell.getTime()));
    const text = textOf(cell);
    if (text === lastText) return lastValue;
    lastText = text;
    lastValue = text === '' ? null : instantOf(text, parsers, clock, place);
    return lastValue;
  };
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function instantOf(
  text: string,
  parsers: readonly TimeParser[],
  clock: ZoneClock,
  { column }: Place,
): FieldValue | Problem {
  for (const parse of parsers) {
    const time = parse(text);
    if (time) return isoOf(time.isLocal ? clock(time.milliseconds) : time.milliseconds);
  }
  return faulty(
    `「${column}」列的时间 ${quoted(text)} 不存在或无法识别`,
    `${quoted(text)} in column ${column} is not a time that exists or can be read`,
  );
}
