import type { CheckOf } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { allOf } from './condition.ts';
import { nothingToCheck } from './nothing-to-check.ts';
import type { PlanParts } from './plan-parts.ts';

/**
 * Rows that have both times, the later one not before the earlier (a row that runs backwards is a contradiction and no short
 * lag); it fails where more lies between them than agreed. The figure is the mean lag.
 */
export function planLag(spec: CheckOf<'lag'>, { dialect, value, where }: PlanParts): CheckPlan {
  const [from, to] = [value(spec.from), value(spec.to)];
  const lag = `(${to.seconds} - ${from.seconds})`;
  const applies = allOf(where, from.isPresent, to.isPresent, dialect.isTrue(`${lag} >= 0`));
  const offending = allOf(applies, `${lag} > ${spec.withinSeconds}`);
  return {
    how: 'aggregates',
    values: {
      rows: dialect.countIf(applies),
      slow: dialect.countIf(offending),
      mean: `avg(case when ${applies} then ${lag} end)`,
    },
    judge(values) {
      const checked = Number(values.rows);
      if (checked === 0) return nothingToCheck;
      const figure = { name: 'meanLag', value: Number(values.mean), unit: 'seconds' };
      return { state: 'measured', checked, failed: Number(values.slow), figure };
    },
    offending,
  };
}
