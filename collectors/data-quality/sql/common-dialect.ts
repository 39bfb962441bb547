import type { DataEngine } from '../../contract.ts';
import type { Dialect } from './dialect.ts';
import { type NativeTimes, nativeEpochSql } from './native-time-sql.ts';
import { longestNumber, numberPattern } from './numbers.ts';
import { portableRegex } from './portable-regex.ts';
import { quoted } from './quoting.ts';
import { epochSql, type TimeParts } from './time-sql.ts';

/** What the engines do not have in common; all else is composed of it, so that it means the same everywhere. */
export interface EngineParts {
  readonly engine: DataEngine;
  identifier?(name: string): string;
  literal?(text: string): string;
  text(value: string): string;
  /** Of a text that is a number for certain. */
  double(text: string): string;
  /** Where the engine is quicker by itself. */
  number?(text: string): string;
  /** Of a text of few digits. */
  integer(text: string): string;
  /** Whole match of an expression of the subset that every engine reads alike. */
  fullMatch(text: string, regex: string): string;
  length(text: string): string;
  trim(text: string): string;
  /** `strpos` of PostgreSQL, where the engine has no `instr`. */
  position?(within: string, text: string): string;
  translate(text: string, from: string, to: string): string;
  concat(parts: readonly string[]): string;
  /** Seconds since 1970, a double, of a text `yyyy-MM-dd HH:mm:ss` that is a real instant of UTC. */
  secondsOf(text: string): string;
  layoutSeconds?: NonNullable<TimeParts['layoutSeconds']>;
  entry?: NonNullable<TimeParts['entry']>;
  /** Absent where no type keeps times. */
  nativeTimes?: NativeTimes;
  countIf?(condition: string): string;
  countDistinct(values: readonly string[]): string;
  isSame?(one: string, other: string): string;
  someRepeated?: NonNullable<Dialect['someRepeated']>;
  percentile: Dialect['percentile'];
}

const small = 'abcdefghijklmnopqrstuvwxyz';
/** Blank, tab, line ends and the ideographic space. */
export const blanks = ' \t\r\n　';

export function dialectFrom(parts: EngineParts): Dialect {
  const substring = (text: string, from: number | string, count: number | string) =>
    `substr(${text}, ${from}, ${count})`;
  const matches = (text: string, regex: string) => parts.fullMatch(text, portableRegex(regex));
  const literal = parts.literal ?? ((text) => quoted(text, "'"));
  return {
    engine: parts.engine,
    identifier: parts.identifier ?? ((name) => quoted(name, '"')),
    literal,
    text: parts.text,
    number(text) {
      if (parts.number) return parts.number(text);
      const bare = parts.trim(text);
      const isNumber = `${matches(bare, numberPattern)} and ${parts.length(bare)} <= ${longestNumber}`;
      return `(case when ${isNumber} then ${parts.double(bare)} end)`;
    },
    epochSeconds: (value, formats, zone = 'UTC') =>
      epochSql({ ...parts, substring, matches, literal }, parts.text(value), { formats, zone }),
    nativeEpochSeconds: (column, type, zone = 'UTC') =>
      nativeEpochSql({ ...parts, substring }, column, { type, zone }),
    matches,
    length: parts.length,
    trim: parts.trim,
    substring,
    position: parts.position ?? ((within, text) => `instr(${within}, ${text})`),
    upper: (text) => parts.translate(text, small, small.toUpperCase()),
    lower: (text) => parts.translate(text, small.toUpperCase(), small),
    countIf: parts.countIf ?? ((condition) => `count(*) filter (where ${condition})`),
    countDistinct: parts.countDistinct,
    isTrue: (condition) => `((${condition}) is true)`,
    isSame: parts.isSame ?? ((one, other) => `((${one}) is not distinct from (${other}))`),
    someRepeated: parts.someRepeated ?? null,
    percentile: parts.percentile,
  };
}

/** Every one of the values is there. */
export function allPresent(values: readonly string[]): string {
  return values.map((value) => `(${value}) is not null`).join(' and ');
}
