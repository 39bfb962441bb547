import type { Text } from '../../../contract.ts';
import { isNumberType, isTimeType } from '../conclude-column.ts';
import type { ColumnProfile, ProfiledType, SourceProfile } from '../profile-shape.ts';
import { profileRules } from '../thresholds.ts';
import { maxLine, type Proposal, percent, quoted } from './proposal.ts';

type Part = Proposal & { readonly failing: number };

/** Type, range, pattern or codes of each column, in one check. */
export function proposeValidity(profile: SourceProfile): readonly Proposal[] {
  const keys = new Set(profile.keys.flat());
  return profile.columns.flatMap((column) => {
    const parts = [typeOf(column), rangeOf(column, keys), codesOf(column), patternOf(column)].filter(
      (part) => part !== null,
    );
    if (column.present === 0 || parts.length === 0) return [];
    const failing = parts.reduce((sum, part) => sum + part.failing, 0) / column.present;
    return [
      {
        lines: [
          `validity: ${quoted(column.name)}`,
          ...parts.flatMap(({ lines }) => lines),
          ...maxLine(failing),
        ],
        why: {
          zh: parts.map(({ why }) => why.zh).join('；'),
          en: parts.map(({ why }) => why.en).join('; '),
        },
      },
    ];
  });
}

const typeNames: Readonly<Record<ProfiledType, Text>> = {
  integer: { zh: '整数', en: 'whole numbers' },
  number: { zh: '数值', en: 'numbers' },
  instant: { zh: '时间', en: 'times' },
  date: { zh: '日期', en: 'days' },
  boolean: { zh: '布尔值', en: 'yes or no' },
  text: { zh: '文本', en: 'texts' },
};

function typeOf({ guess, present }: ColumnProfile): Part | null {
  if (guess.type === 'text') return null;
  const share = percent(guess.fitting / present);
  return {
    lines: [`type: ${guess.type}`],
    why: {
      zh: `${present} 个取值中 ${share} 为${typeNames[guess.type].zh}`,
      en: `${share} of ${present} values are ${typeNames[guess.type].en}`,
    },
    failing: present - guess.fitting,
  };
}

/** How far beyond the values seen a range reaches, as a share of their span. */
const air = 0.1;

/** Outward to round numbers of the size of a tenth of the span. */
function roundRange(min: number, max: number, isWhole: boolean) {
  const span = Math.max(max - min, Math.abs(max) / 10, isWhole ? 1 : Number.EPSILON);
  const power = 10 ** (Math.floor(Math.log10(span)) - 1);
  const step = isWhole ? Math.max(1, power) : power;
  const rounded = (value: number, round: (value: number) => number) =>
    Number((round(value / step) * step).toPrecision(12));
  const low = rounded(min - air * span, Math.floor);
  return { min: min >= 0 ? Math.max(0, low) : low, max: rounded(max + air * span, Math.ceil) };
}

/** Of amounts and times; keys and numbers of one length are names, of which no range is known. */
function rangeOf({ name, guess, range, length, pattern, values }: ColumnProfile, keys: ReadonlySet<string>) {
  if (range === null || values !== null) return null;
  if (isTimeType(guess.type)) {
    const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
    const from = `${day(range.min).slice(0, 4)}-01-01`;
    return {
      lines: [`range: { min: ${JSON.stringify(from)} }`],
      why: {
        zh: `时间在 ${day(range.min)} 至 ${day(range.max)} 之间`,
        en: `times from ${day(range.min)} to ${day(range.max)}`,
      },
      failing: 0,
    };
  }
  const isName = keys.has(name) || (pattern !== null && length?.min === length?.max);
  if (!isNumberType(guess.type) || isName) return null;
  const { min, max } = roundRange(range.min, range.max, guess.type === 'integer');
  return {
    lines: [`range: { min: ${min}, max: ${max} }`],
    why: {
      zh: `最小 ${range.min}，最大 ${range.max}，两端各放宽约一成`,
      en: `from ${range.min} to ${range.max}; a tenth of air at both ends`,
    },
    failing: 0,
  };
}

function codesOf({ values, present, guess }: ColumnProfile): Part | null {
  if (values === null || values.length > profileRules.mostCodes || guess.type === 'boolean') return null;
  if (isTimeType(guess.type) || present < profileRules.rowsOfCode * values.length) return null;
  return {
    lines: [`codes: [${values.map(({ value }) => JSON.stringify(value)).join(', ')}]`],
    why: {
      zh: `${present} 个取值只有 ${values.length} 种`,
      en: `${present} values are of ${values.length} kinds`,
    },
    failing: 0,
  };
}

function patternOf(column: ColumnProfile): Part | null {
  const { pattern, present } = column;
  if (pattern === null || column.isSensitive || codesOf(column) !== null) return null;
  const share = percent(pattern.rows / present);
  return {
    lines: [`pattern: ${JSON.stringify(pattern.regex)}`],
    why: { zh: `${share} 的取值符合该模式`, en: `${share} of the values have this form` },
    failing: present - pattern.rows,
  };
}
