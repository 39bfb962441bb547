import type { CheckOf } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { allOf } from './condition.ts';
import { nothingToCheck } from './nothing-to-check.ts';
import type { PlanParts } from './plan-parts.ts';

/** Different repeated keys whose rows may serve as examples. */
const sampleKeys = 20;

/** Rows with a key (no part of it missing) less different keys, so that no join or sort of its own is needed. */
export function planUniqueness(
  { columns }: CheckOf<'uniqueness'>,
  { dialect, value, where, table }: PlanParts,
): CheckPlan {
  const parts = columns.map(value);
  const hasKey = allOf(where, ...parts.map(({ isPresent }) => isPresent));
  const keys = parts.map(({ key }) => `case when ${hasKey} then ${key} end`);
  const texts = parts.map(({ key }) => key);
  const names = texts.map((text, index) => `${text} as k${index}`);
  const aliases = texts.map((_, index) => `k${index}`).join(', ');
  const repeated = `select ${names.join(', ')} from ${table} as t where ${hasKey} group by ${texts.join(', ')} having count(*) > 1 limit ${sampleKeys}`;
  return {
    how: 'aggregates',
    values: { rows: dialect.countIf(hasKey), keys: dialect.countDistinct(keys) },
    judge(values) {
      const checked = Number(values.rows);
      if (checked === 0) return nothingToCheck;
      return { state: 'measured', checked, failed: checked - Number(values.keys) };
    },
    // The inner query stands in brackets of its own because MySQL takes no limit right behind IN.
    offending: allOf(
      hasKey,
      `(${texts.join(', ')}) in (select ${aliases} from (${repeated}) as repeated_keys)`,
    ),
  };
}
