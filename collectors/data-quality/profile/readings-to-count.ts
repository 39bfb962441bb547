import { timeParser } from '../../records/normalise/time-format.ts';
import type { BuiltInFormat, SourceSpec } from '../check-file/check-spec.ts';
import { type TypeClass, typeClassOf } from '../checks/compare/type-class.ts';
import type { TableColumn } from '../checks/plan-parts.ts';
import { looksPersonalName } from '../mask/personal-names.ts';
import { looksPersonal } from '../mask/personal-values.ts';
import { columnPattern } from './column-pattern.ts';
import { profileRules } from './thresholds.ts';

/** What is worth counting of a column over the whole table. */
export interface Readings {
  /** What the engine itself holds it to be; null where that says nothing: texts, and columns of SQLite. */
  readonly native: Exclude<TypeClass, 'text'> | null;
  readonly isSensitive: boolean;
  readonly isNumeric: boolean;
  readonly isBoolean: boolean;
  readonly timeFormats: readonly string[];
  readonly pattern: string | null;
  readonly formats: readonly BuiltInFormat[];
}

/** Tried beside those of the source, most usual first. */
const timeFormats = [
  'iso',
  'yyyy/MM/dd',
  'yyyy/MM/dd HH:mm:ss',
  'yyyyMMdd',
  'yyyyMMddHHmmss',
  'MM/dd/yyyy',
  'MM/dd/yyyy HH:mm:ss',
  'MM/dd/yyyy hh:mm:ss a',
  'dd/MM/yyyy',
  'dd/MM/yyyy HH:mm:ss',
  'dd.MM.yyyy',
  'dd.MM.yyyy HH:mm:ss',
] as const;
/** A day may be written in two of them (03/04/2015); the whole table then says which. */
const mostTimeFormats = 2;

/** Years outside are numbers that happen to look like days. */
const [firstYear, lastYear] = [Date.UTC(1900, 0), Date.UTC(2100, 0)];

/** Numbers are none: 0 and 1 are counted as whole numbers. */
export const booleanWords = ['true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', '是', '否'];
const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;

const builtIns: readonly (readonly [BuiltInFormat, RegExp])[] = [
  ['resident-id', /^(?:\d{17}[\dXx]|\d{15})$/],
  ['credit-code', /^[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}$/],
  ['mobile', /^(?:\+?86[ -]?)?1[3-9]\d{9}$/],
  ['division-code', /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}(?:\d{3}|\d{6})?$/],
];

const shareOf = (values: readonly string[], is: (value: string) => boolean) =>
  values.length === 0 ? 0 : values.filter(is).length / values.length;

function nativeClass(type: string, { place }: SourceSpec): Readings['native'] {
  if (place.driver === 'sqlite') return null;
  const found = typeClassOf(type);
  return found === 'text' ? null : found;
}

function timesOf(values: readonly string[], { times }: SourceSpec): readonly string[] {
  const shares = [...new Set([...times.formats, ...timeFormats])].map((format) => {
    const parse = timeParser(format);
    const isTime = (value: string) => {
      const time = parse(value);
      return time !== null && time.milliseconds >= firstYear && time.milliseconds < lastYear;
    };
    return { format, share: shareOf(values, isTime) };
  });
  const good = shares.filter(({ share }) => share > profileRules.worthCounting);
  const sorted = good.toSorted((one, other) => other.share - one.share);
  return sorted.slice(0, mostTimeFormats).map(({ format }) => format);
}

export function readingsToCount(
  { name, type }: TableColumn,
  values: readonly string[],
  source: SourceSpec,
): Readings {
  const native = nativeClass(type, source);
  const { worthCounting, fittingShare, personalShare } = profileRules;
  const isSensitive =
    source.sensitive.includes(name) ||
    looksPersonalName(name) ||
    shareOf(values, looksPersonal) >= personalShare;
  const isNumeric = native === null && shareOf(values, (value) => number.test(value)) > worthCounting;
  const isBoolean =
    native === null && shareOf(values, (value) => booleanWords.includes(value.toLowerCase())) > worthCounting;
  const isText = native === null || native === 'integer';
  const timeFormats = native === null ? timesOf(values, source) : [];
  const isTime = timeFormats.length > 0 || native === 'instant' || native === 'date';
  return {
    native,
    isSensitive,
    isNumeric,
    isBoolean,
    timeFormats,
    pattern: isSensitive || isTime || !isText ? null : columnPattern(values, fittingShare),
    formats: isText
      ? builtIns
          .filter(([, form]) => shareOf(values, (value) => form.test(value)) > worthCounting)
          .map(([format]) => format)
      : [],
  };
}
