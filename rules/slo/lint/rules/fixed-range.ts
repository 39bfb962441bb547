import { windowPlaceholder } from '../../../contract.ts';
import { selectorsOf } from '../../../promql/query-selectors.ts';
import { queryTree } from '../../../promql/query-tree.ts';
import type { LintRule } from '../lint-rule.ts';

export const fixedRange: LintRule = {
  name: 'fixed-range',
  purpose: {
    zh: '在 {{.window}} 之外又写了固定的时间范围',
    en: 'A range written out beside {{.window}}.',
  },
  check({ queries }) {
    return queries.flatMap(({ part, text }) => {
      if (text.search(windowPlaceholder) < 0) return [];
      return selectorsOf(queryTree(text)).flatMap(({ literalRange, isInWindow }) => {
        if (!literalRange || isInWindow) return [];
        const { text: range, column } = literalRange;
        return [
          {
            level: 'warning' as const,
            part,
            column,
            message: {
              zh: `[${range}] 不随窗口变化，与同一查询中的 {{.window}} 不一致：应改为 [{{.window}}]`,
              en: `[${range}] does not follow the window, unlike {{.window}} beside it: write [{{.window}}]`,
            },
          },
        ];
      });
    });
  },
};
