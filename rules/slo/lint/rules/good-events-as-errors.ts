import { printSelector } from '../../../contract.ts';
import { type QuerySelector, selectorsOf } from '../../../promql/query-selectors.ts';
import { queryTree } from '../../../promql/query-tree.ts';
import { goodMatcher, isBucket, isGoodMetric } from '../good-events.ts';
import { type LintCase, type LintProblem, type LintRule, queryOf } from '../lint-rule.ts';

/** What shows that a selector takes good events; null when nothing does. */
function signOfGood(selector: QuerySelector): string | null {
  const matcher = goodMatcher(selector);
  if (matcher) return `${matcher.label}${matcher.operator}"${matcher.value}"`;
  return isBucket(selector) || isGoodMetric(selector) ? selector.metric : null;
}

const printed = ({ metric, matchers }: QuerySelector) => printSelector({ metric, matchers });

/** Matchers and metrics of the total: what restricts both sides says nothing of good and bad. */
function restrictionsOf(subject: LintCase): ReadonlySet<string> {
  const total = queryOf(subject, 'total');
  const selectors = total === null ? [] : selectorsOf(queryTree(total));
  return new Set(selectors.flatMap((each) => [printed(each), signOfGood(each) ?? '']));
}

export const goodEventsAsErrors: LintRule = {
  name: 'good-events-as-errors',
  purpose: {
    zh: '把成功事件当作错误计数',
    en: 'Good events counted as errors.',
  },
  check(subject) {
    const shared = restrictionsOf(subject);
    return subject.queries.flatMap(({ part, text }): LintProblem[] => {
      if (part === 'total' || subject.slo.sli.kind === 'threshold') return [];
      return selectorsOf(queryTree(text)).flatMap((selector): LintProblem[] => {
        const sign = signOfGood(selector);
        const isCounted = !selector.isSubtracted && !selector.isDivisor && !selector.isFallback;
        if (sign === null || !isCounted || shared.has(sign) || shared.has(printed(selector))) return [];
        const message = {
          zh: `${sign} 选取的是成功事件，却按错误计数：请选取失败事件（例如 code=~"5.."），或写成“总数 - 成功数”`,
          en: `${sign} selects good events, yet they are counted as errors: select the bad ones, code=~"5..", or write total - good`,
        };
        return [{ level: 'fault', part, column: selector.column, message }];
      });
    });
  },
};
