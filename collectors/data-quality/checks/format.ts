import type { CheckOf } from '../check-file/check-spec.ts';
import { columnFormats } from '../sql/formats/built-in-formats.ts';
import type { CheckPlan } from './check.ts';
import { anyOf, not } from './condition.ts';
import type { PlanParts } from './plan-parts.ts';

/** China keeps one zone without summer time. */
const chinaMilliseconds = 8 * 3_600_000;

/** The day of the instant in China, `yyyyMMdd`. */
function dayInChina(instant: string): string {
  return new Date(Date.parse(instant) + chinaMilliseconds).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Rows with a value that breaks the format; of coordinates one without the other breaks it, too. */
export function planFormat({ as, bounds, columns }: CheckOf<'format'>, parts: PlanParts): CheckPlan {
  const { dialect, startedAt } = parts;
  const values = columns.map((column) => parts.value(column));
  const texts = values.map(({ text }) => text);
  const isValid = columnFormats[as].condition(dialect, texts, { today: dayInChina(startedAt), bounds });
  return {
    how: 'rows',
    applies: anyOf(values.map(({ isPresent }) => isPresent)),
    fails: not(dialect.isTrue(isValid)),
  };
}
