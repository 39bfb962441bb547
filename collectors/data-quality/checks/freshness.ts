import type { CheckOf } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { allOf } from './condition.ts';
import { nothingToCheck } from './nothing-to-check.ts';
import type { PlanParts } from './plan-parts.ts';

/** Clocks of two machines differ; what lies further ahead than this is no time at which anything was updated. */
export const clockSkewSeconds = 300;

/**
 * Age of the newest row (the source is looked at: one fails, or none), or of every row. Times that lie in the future make
 * nothing fresh: they are never the newest, and each fails where every row is looked at.
 */
export function planFreshness(spec: CheckOf<'freshness'>, parts: PlanParts): CheckPlan {
  const { dialect, where } = parts;
  const { isPresent, seconds } = parts.value(spec.column);
  const now = Date.parse(parts.startedAt) / 1000;
  const hasTime = allOf(where, isPresent, `${seconds} is not null`);
  const isPast = allOf(hasTime, `${seconds} <= ${now + clockSkewSeconds}`);
  const newest = `max(case when ${isPast} then ${seconds} end)`;
  const ageOf = (value: unknown) => Math.max(0, now - Number(value));
  const figureOf = (value: unknown) =>
    value === null ? null : { name: 'age', value: ageOf(value), unit: 'seconds' };
  const times = dialect.countIf(hasTime);
  const { newestSeconds, eachSeconds } = spec;
  if (newestSeconds !== null) {
    return {
      how: 'aggregates',
      values: { times, newest },
      judge(values) {
        if (Number(values.times) === 0) return nothingToCheck;
        const isOld = values.newest === null || ageOf(values.newest) > newestSeconds;
        return { state: 'measured', checked: 1, failed: isOld ? 1 : 0, figure: figureOf(values.newest) };
      },
      offending: null,
    };
  }
  const isOld = `(${seconds} < ${now - (eachSeconds ?? 0)} or ${seconds} > ${now + clockSkewSeconds})`;
  const offending = allOf(hasTime, isOld);
  return {
    how: 'aggregates',
    values: { times, newest, old: dialect.countIf(offending) },
    judge(values) {
      const checked = Number(values.times);
      if (checked === 0) return nothingToCheck;
      return { state: 'measured', checked, failed: Number(values.old), figure: figureOf(values.newest) };
    },
    offending,
  };
}
