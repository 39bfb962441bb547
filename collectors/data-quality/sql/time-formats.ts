import { InputError } from '../../contract.ts';

export type TimeUnit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'half';

/** Where each part of a time is written; all parts have a fixed width. */
export interface TimeLayout {
  /** 1 = the first character; absent = the format does not have it. */
  readonly positions: Readonly<Partial<Record<TimeUnit, number>>>;
  /** Hours run from 1 to 12. */
  readonly isTwelveHours: boolean;
  /** A portable expression of all real times in this format, years 1000 to 9999. */
  readonly regex: string;
  /** The same for DuckDB's strptime. */
  readonly strptime: string;
  /** The same for LIKE with \\ as its escape: any character in the place of each digit. */
  readonly like: string;
  /** Positions that follow a blank, where strptime would take more blanks. */
  readonly afterBlank: readonly number[];
}

interface Token {
  readonly unit: TimeUnit;
  readonly width: number;
  readonly strptime: string;
}

const tokens: Readonly<Record<string, Token>> = {
  yyyy: { unit: 'year', width: 4, strptime: '%Y' },
  MM: { unit: 'month', width: 2, strptime: '%m' },
  dd: { unit: 'day', width: 2, strptime: '%d' },
  HH: { unit: 'hour', width: 2, strptime: '%H' },
  hh: { unit: 'hour', width: 2, strptime: '%I' },
  mm: { unit: 'minute', width: 2, strptime: '%M' },
  ss: { unit: 'second', width: 2, strptime: '%S' },
  a: { unit: 'half', width: 2, strptime: '%p' },
};

const anyYear = '[1-9][0-9]{3}';
const leapYear = '(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)';
/** Month, day and year that exist together. */
const realDays = [
  { month: '(?:0[13578]|1[02])', day: '(?:0[1-9]|[12][0-9]|3[01])', year: anyYear },
  { month: '(?:0[469]|11)', day: '(?:0[1-9]|[12][0-9]|30)', year: anyYear },
  { month: '02', day: '(?:0[1-9]|1[0-9]|2[0-8])', year: anyYear },
  { month: '02', day: '29', year: leapYear },
] as const;

const sixty = '[0-5][0-9]';
const fullDay = '(?:[01][0-9]|2[0-3])';
const date = alternatives(realDays.map(({ year, month, day }) => `${year}-${month}-${day}`));

/** The forms of `iso`: a day, a local time to the minute, to the second or finer, and a time with its offset. */
export const isoForms = {
  day: date,
  minute: `${date}[T ]${fullDay}:${sixty}`,
  second: `${date}[T ]${fullDay}:${sixty}:${sixty}(?:\\.[0-9]{1,9})?`,
  /** Followed by Z or an offset. */
  zoned: `${date}[T ]${fullDay}:${sixty}(?::${sixty}(?:\\.[0-9]{1,9})?)?`,
  hourOffset: '[+-](?:0[0-9]|1[0-8])',
  minuteOffset: sixty,
} as const;

function alternatives(all: readonly string[]): string {
  return `(?:${all.join('|')})`;
}

/**
 * Reads a pattern of `yyyy MM dd HH hh mm ss a` (a = AM or PM in any case) and literals; letters that are literals stand
 * in single quotes. InputError where it is none, or the time would not be one.
 */
export function timeLayout(format: string): TimeLayout {
  const parts = partsOf(format);
  const positions: Partial<Record<TimeUnit, number>> = {};
  const afterBlank: number[] = [];
  let at = 1;
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    if (typeof part !== 'string' && typeof before === 'string' && /\s$/.test(before)) afterBlank.push(at);
    if (typeof part !== 'string') {
      if (positions[part.unit] !== undefined) throw refusal(format, `two parts for the ${part.unit}`);
      positions[part.unit] = at;
    }
    at += typeof part === 'string' ? [...part].length : part.width;
  }
  const isTwelveHours = parts.some((part) => typeof part !== 'string' && part.strptime === '%I');
  requireWhole(format, positions, isTwelveHours);
  return {
    positions,
    isTwelveHours,
    afterBlank,
    regex: alternatives(realDays.map((real) => regexOf(parts, real))),
    like: parts
      .map((part) =>
        typeof part === 'string' ? part.replaceAll(/[\\%_]/g, String.raw`\$&`) : '_'.repeat(part.width),
      )
      .join(''),
    strptime: parts
      .map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : part.strptime))
      .join(''),
  };
}

function partsOf(format: string): (Token | string)[] {
  const parts: (Token | string)[] = [];
  for (const [text] of format.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    const token = tokens[text];
    if (token) parts.push(token);
    else if (text.length > 1 && text.startsWith("'"))
      parts.push(text.slice(1, -1).replaceAll("''", "'") || "'");
    else if (/[A-Za-z']/.test(text))
      throw refusal(
        format,
        `${text} is no part of a time: letters that stand for themselves go in single quotes`,
      );
    else parts.push(text);
  }
  return parts;
}

function requireWhole(format: string, positions: TimeLayout['positions'], isTwelveHours: boolean): void {
  const has = (unit: TimeUnit) => positions[unit] !== undefined;
  if (!has('year') || !has('month') || !has('day')) throw refusal(format, 'yyyy, MM and dd are all needed');
  if (has('half') !== isTwelveHours) throw refusal(format, 'hh and a belong together; HH counts to 23');
  if ((has('minute') && !has('hour')) || (has('second') && !has('minute')))
    throw refusal(format, 'seconds need minutes, minutes need hours');
}

function regexOf(parts: readonly (Token | string)[], real: (typeof realDays)[number]): string {
  const patterns: Readonly<Record<string, string>> = {
    '%Y': real.year,
    '%m': real.month,
    '%d': real.day,
    '%H': fullDay,
    '%I': '(?:0[1-9]|1[0-2])',
    '%M': sixty,
    '%S': sixty,
    '%p': '[AaPp][Mm]',
  };
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part.replaceAll(/[\\.[\]{}()*+?|^$]/g, String.raw`\$&`)
        : patterns[part.strptime],
    )
    .join('');
}

function refusal(format: string, reason: string): InputError {
  return new InputError(
    `time format ${JSON.stringify(format)}: ${reason}: write iso, or for example yyyy-MM-dd HH:mm:ss or MM/dd/yyyy hh:mm:ss a`,
    {
      zh: `时间格式 ${JSON.stringify(format)} 不可用：请写 iso，或如 yyyy-MM-dd HH:mm:ss、MM/dd/yyyy hh:mm:ss a`,
    },
  );
}
