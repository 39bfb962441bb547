import type { CheckOf } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { allOf, anyOf } from './condition.ts';
import type { PlanParts } from './plan-parts.ts';

/** Every row is looked at; it fails where any of the columns is missing. */
export function planCompleteness({ columns }: CheckOf<'completeness'>, { value }: PlanParts): CheckPlan {
  return { how: 'rows', applies: allOf(), fails: anyOf(columns.map((each) => value(each).isMissing)) };
}
