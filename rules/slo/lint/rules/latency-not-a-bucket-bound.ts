import { type LabelMatcher, linearRegex, RegexFault } from '../../../contract.ts';
import { selectorsOf } from '../../../promql/query-selectors.ts';
import { queryTree } from '../../../promql/query-tree.ts';
import type { KnownFacts, LintProblem, LintRule } from '../lint-rule.ts';

/** A whole bound is written "1" by older clients and "1.0" by OpenMetrics and Prometheus 3. */
function spellings(bound: number): readonly string[] {
  if (bound === Number.POSITIVE_INFINITY) return ['+Inf'];
  return Number.isInteger(bound) ? [`${bound}`, `${bound}.0`] : [String(bound)];
}

function isBound({ operator, value }: LabelMatcher, bounds: readonly number[]): boolean {
  const written = bounds.flatMap(spellings);
  if (operator === '=') return written.includes(value) || bounds.includes(Number(value));
  if (operator !== '=~') return true;
  try {
    const regex = linearRegex(value);
    return written.some((bound) => regex.matches(bound));
  } catch (error) {
    if (error instanceof RegexFault) return true;
    throw error;
  }
}

/** Bounds of a histogram's buckets; null where the server knows no such histogram, or none was asked. */
function boundsOf({ bucketBounds }: KnownFacts, metric: string): readonly number[] | null {
  const bounds = bucketBounds?.get(metric) ?? bucketBounds?.get(metric.replace(/_bucket$/, ''));
  return bounds && bounds.length > 0 ? bounds : null;
}

export const latencyNotABucketBound: LintRule = {
  name: 'latency-not-a-bucket-bound',
  purpose: {
    zh: '时延阈值不是直方图的分桶边界，查不到序列',
    en: 'A latency threshold that is no bound of the histogram: there is no such series.',
  },
  check({ queries, known }) {
    const told = new Set<string>();
    return queries.flatMap(({ part, text }): LintProblem[] =>
      selectorsOf(queryTree(text)).flatMap(({ metric, matchers, column }): LintProblem[] => {
        const bounds = boundsOf(known, metric);
        const le = matchers.find(({ label }) => label === 'le');
        if (!bounds || !le || isBound(le, bounds) || told.has(`${metric} ${le.value}`)) return [];
        told.add(`${metric} ${le.value}`);
        const listed = bounds.flatMap((bound) => spellings(bound)[0] ?? []).join(', ');
        const message = {
          zh: `le="${le.value}" 不是 ${metric} 的分桶边界：请取其中之一：${listed}，或在应用中增加该边界`,
          en: `le="${le.value}" is no bound of ${metric}: take one of ${listed}, or add the bound in the application`,
        };
        return [{ level: 'fault', part, column, message }];
      }),
    );
  },
};
