import type { TableColumn } from '../checks/plan-parts.ts';
import type { ColumnCounts } from './count-columns.ts';
import type { ColumnProfile, ProfiledType } from './profile-shape.ts';
import type { Readings } from './readings-to-count.ts';
import { profileRules } from './thresholds.ts';

type Guess = ColumnProfile['guess'];
type Time = ColumnCounts['times'][number];

/** A day without an hour takes no more characters than this in any format. */
const longestDay = 10;

const bestTime = ({ times }: ColumnCounts): Time | undefined =>
  times.toSorted((one, other) => other.count - one.count)[0];

/** What the values of a column can be read as: what the engine holds it to be, else what nearly all of them fit. */
function guessType({ native }: Readings, counts: ColumnCounts): Guess {
  const { present, numbers, integers, padded, booleans, maxLength } = counts;
  if (native !== null) return { type: native, fitting: present };
  const enough = profileRules.fittingShare * present;
  const fits = (type: ProfiledType, fitting: number) =>
    present > 0 && fitting >= enough ? { type, fitting } : null;
  const time = bestTime(counts);
  const isDay = (maxLength ?? 0) <= longestDay;
  const isAmount = padded === 0 && (maxLength ?? 0) <= profileRules.mostDigits;
  return (
    (time && fits(isDay ? 'date' : 'instant', time.count)) ??
    fits('boolean', booleans) ??
    (isAmount ? (fits('integer', integers) ?? fits('number', numbers)) : null) ?? {
      type: 'text',
      fitting: present,
    }
  );
}

export const isNumberType = (type: ProfiledType) => type === 'integer' || type === 'number';
export const isTimeType = (type: ProfiledType) => type === 'instant' || type === 'date';

/** A column's profile from its counts; its values and quantiles are put in later. */
export function concludeColumn(
  { name, type }: TableColumn,
  readings: Readings,
  { rows, counts }: { readonly rows: number; readonly counts: ColumnCounts },
): ColumnProfile {
  const { present, distinct, minLength, maxLength } = counts;
  const { isSensitive, pattern } = readings;
  const guess = guessType(readings, counts);
  const time = isTimeType(guess.type) ? bestTime(counts) : undefined;
  const range = isNumberType(guess.type) ? counts.numberRange : (time?.range ?? null);
  const [format] = counts.formats.toSorted((one, other) => other.count - one.count);
  const { formatShare, fittingShare } = profileRules;
  const isName = guess.type === 'text' || guess.type === 'integer';
  const isPattern = isName && pattern !== null && present > 0 && counts.pattern >= fittingShare * present;
  return {
    name,
    type,
    guess,
    isSensitive,
    present,
    missing: rows - present,
    distinct: { count: distinct, isExact: true },
    range: isSensitive ? null : range,
    length: minLength === null || maxLength === null ? null : { min: minLength, max: maxLength },
    quantiles: null,
    values: null,
    pattern: isPattern && !isSensitive ? { regex: pattern, rows: counts.pattern } : null,
    format:
      format && present > 0 && format.count >= formatShare * present
        ? { as: format.as, rows: format.count }
        : null,
    timeFormat: time?.format ?? null,
  };
}
