import type { CheckOf, ValueType } from '../check-file/check-spec.ts';
import { blanks } from '../sql/common-dialect.ts';
import type { CheckPlan } from './check.ts';
import { anyOf, not } from './condition.ts';
import { isoInstant } from './iso-instant.ts';
import type { PlanParts, ValueSql } from './plan-parts.ts';

/** Words that systems write for yes and no, in lower case; more than that is disorder worth finding. */
const booleanWords = ['true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', '1', '0', '是', '否'];

/** Formats of times that name a day and no hour. */
const isDayFormat = (format: string) => /d/.test(format) && /y/.test(format) && !/[Hh]/.test(format);
const isoDay = 'yyyy-MM-dd';

/** Blanks within the expression: one match is cheaper than a trim. */
const wholeNumber = `[${blanks}]*[+-]?[0-9]+[${blanks}]*`;

type Spec = CheckOf<'validity'>;

/** Present values of another type, range, length, pattern or code; any one that is broken fails the row. */
export function planValidity(spec: Spec, parts: PlanParts): CheckPlan {
  const value = parts.value(spec.column);
  const { dialect } = parts;
  const { type, pattern, codes } = spec;
  const faults = [
    ...(type === null ? [] : [typeFault(type, value, parts)]),
    ...rangeFaults(spec, value, parts),
    ...lengthFaults(spec, dialect.length(value.text)),
    ...(pattern === null ? [] : [not(dialect.isTrue(dialect.matches(value.text, pattern)))]),
    ...(codes === null
      ? []
      : [`(${value.text} not in (${codes.map((code) => dialect.literal(code)).join(', ')}))`]),
  ];
  return { how: 'rows', applies: value.isPresent, fails: anyOf(faults) };
}

function typeFault(
  type: ValueType,
  { text, trimmed, number, seconds }: ValueSql,
  { dialect, source }: PlanParts,
) {
  switch (type) {
    case 'integer':
      return not(dialect.isTrue(dialect.matches(text, wholeNumber)));
    case 'number':
      return `(${number} is null)`;
    case 'instant':
      return `(${seconds} is null)`;
    case 'date': {
      const formats = [...new Set([isoDay, ...source.times.formats.filter(isDayFormat)])];
      return `(${dialect.epochSeconds(text, formats, source.times.zone)} is null)`;
    }
    case 'boolean': {
      const words = booleanWords.map((word) => dialect.literal(word)).join(', ');
      return `(${dialect.lower(trimmed)} not in (${words}))`;
    }
  }
}

function rangeFaults({ type, range }: Spec, { number, seconds }: ValueSql, { dialect, source }: PlanParts) {
  if (range === null) return [];
  const isOfTimes = type === 'instant' || type === 'date';
  const read = isOfTimes ? seconds : number;
  const bound = (side: number | string) =>
    typeof side === 'number' ? side : isoInstant(side, source.times.zone);
  const inside = [
    ...(range.min === null ? [] : [`${read} >= ${bound(range.min)}`]),
    ...(range.max === null ? [] : [`${read} <= ${bound(range.max)}`]),
  ].join(' and ');
  return [not(dialect.isTrue(inside))];
}

function lengthFaults({ length }: Spec, characters: string): string[] {
  if (length === null) return [];
  return [
    ...(length.min === null ? [] : [`(${characters} < ${length.min})`]),
    ...(length.max === null ? [] : [`(${characters} > ${length.max})`]),
  ];
}
