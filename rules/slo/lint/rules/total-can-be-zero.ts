import { groupingOf } from '../../../promql/grouping.ts';
import {
  callName,
  isBinary,
  nodesOf,
  type QueryNode,
  type QueryTree,
  queryTree,
  sidesOf,
  unwrapped,
} from '../../../promql/query-tree.ts';
import type { LintProblem, LintRule } from '../lint-rule.ts';

/** `vector(0)`, or something times 0, in the place of an `or`. */
function zeroFallback(node: QueryNode, tree: QueryTree): QueryNode | null {
  const at = unwrapped(node);
  if (!isBinary(at)) return null;
  const { left, right, operator } = sidesOf(at);
  if (operator === 'Or' && right && /^vector\(\s*0(?:\.0*)?\s*\)$/.test(tree.textOf(unwrapped(right))))
    return right;
  return operator === 'Or' && left ? zeroFallback(left, tree) : null;
}

/** A divisor that is a number, a count of samples, or compared with a bound is never 0. */
function isGuarded(node: QueryNode, tree: QueryTree): boolean {
  const at = unwrapped(node);
  if (at.name === 'NumberDurationLiteral') return true;
  if (/^(?:clamp_min|count|count_over_time|vector|scalar)$/.test(callName(at, tree))) return true;
  if (/^(?:sum|avg|min|max)$/.test(callName(at, tree)))
    return nodesOf(at).some((each) => callName(each, tree) === 'count_over_time');
  return isBinary(at) && /^(?:Gtr|Gte|Neq)$/.test(sidesOf(at).operator);
}

function unguardedDivisions(tree: QueryTree): QueryNode[] {
  return nodesOf(tree.top).flatMap((node) => {
    if (!isBinary(node)) return [];
    const { right, operator } = sidesOf(node);
    const isDivided = operator === 'Div' && right !== null && groupingOf(right, tree).kind !== 'many';
    return isDivided && !isGuarded(right, tree) ? [right] : [];
  });
}

export const totalCanBeZero: LintRule = {
  name: 'total-can-be-zero',
  purpose: {
    zh: '总数可能为 0：没有事件时 0/0 不是数，告警与达成率都会失真',
    en: 'A total that can be zero: 0/0 is no number, and no data looks like something.',
  },
  check({ slo, queries }) {
    return queries.flatMap(({ part, text }): LintProblem[] => {
      const tree = queryTree(text);
      if (part === 'total') {
        const zero = tree.top && zeroFallback(tree.top, tree);
        if (!zero) return [];
        const message = {
          zh: '总数在没有数据时补成 0，错误率变成 0/0：请删去此处的 or vector(0)，让没有数据保持为没有数据',
          en: 'the total becomes 0 where there is no data, and the ratio 0/0: remove this or vector(0), no data has to stay no data',
        };
        return [{ level: 'fault', part, column: zero.from + 1, message }];
      }
      if (slo.sli.kind !== 'ratio' && part !== 'ratio') return [];
      return unguardedDivisions(tree).map((divisor) => ({
        level: 'warning',
        part,
        column: divisor.from + 1,
        message: {
          zh: '除数在没有事件时可能为 0，得到的不是数：请在除数后加 > 0，或改用 events（错误数与总数）',
          en: 'the divisor can be 0 while nothing happens, and the ratio no number: add > 0 to it, or give errors and total as events',
        },
      }));
    });
  },
};
