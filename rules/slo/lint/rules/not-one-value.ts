import { groupingOf } from '../../../promql/grouping.ts';
import { queryTree } from '../../../promql/query-tree.ts';
import type { LintProblem, LintRule } from '../lint-rule.ts';

export const notOneValue: LintRule = {
  name: 'not-one-value',
  purpose: {
    zh: '查询得到多条序列，一个目标只能有一个数',
    en: 'A query of many series, where an SLO has one figure.',
  },
  check({ queries }) {
    return queries.flatMap(({ part, text }): LintProblem[] => {
      const tree = queryTree(text);
      const grouping = groupingOf(tree.top, tree);
      if (grouping.kind === 'single') return [];
      const labels = grouping.kind === 'by' ? ` by (${grouping.labels.join(', ')})` : '';
      const message = {
        zh: `查询可能得到多条序列${labels}：请用 sum(...) 汇总成一个数，需要分开考核时每项写一个目标`,
        en: `the query may yield many series${labels}: sum(...) them into one, or write an SLO for each`,
      };
      return [{ level: 'warning', part, message }];
    });
  },
};
