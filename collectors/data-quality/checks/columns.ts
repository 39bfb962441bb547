import type { CheckOf } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { allOf } from './condition.ts';
import type { PlanParts } from './plan-parts.ts';

const sqlSigns: Readonly<Record<string, string>> = { '!=': '<>' };

/**
 * Rows that have both values, and both of one nature; it fails where the comparison does not hold. A row that has a number
 * beside a word is no matter of comparing: the check of validity finds it.
 */
export function planColumns(spec: CheckOf<'columns'>, { dialect, value }: PlanParts): CheckPlan {
  const [left, right] = [value(spec.left), value(spec.right)];
  const sign = sqlSigns[spec.comparison] ?? spec.comparison;
  const have = allOf(left.isPresent, right.isPresent);
  const both = (reading: 'number' | 'seconds') =>
    allOf(`${left[reading]} is not null`, `${right[reading]} is not null`);
  const holds = (reading: 'number' | 'seconds' | 'text') => `${left[reading]} ${sign} ${right[reading]}`;
  if (spec.as === 'text') {
    return { how: 'rows', applies: have, fails: `(not (${holds('text')}))` };
  }
  if (spec.as !== null) {
    const reading = spec.as === 'number' ? 'number' : 'seconds';
    return { how: 'rows', applies: allOf(have, both(reading)), fails: `(not (${holds(reading)}))` };
  }
  const areWords = allOf(
    ...[left, right].flatMap(({ number, seconds }) => [`${number} is null`, `${seconds} is null`]),
  );
  const outcome = [
    `when ${both('number')} then case when ${holds('number')} then 0 else 1 end`,
    `when ${both('seconds')} then case when ${holds('seconds')} then 0 else 1 end`,
    `when ${areWords} then case when ${holds('text')} then 0 else 1 end`,
  ];
  const judged = `case when not ${have} then null ${outcome.join(' ')} end`;
  return {
    how: 'rows',
    applies: `(${judged} is not null)`,
    fails: dialect.isTrue(`${judged} = 1`),
  };
}
