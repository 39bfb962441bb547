import { windowPlaceholder } from '../../../contract.ts';
import type { LintRule } from '../lint-rule.ts';

export const missingWindow: LintRule = {
  name: 'missing-window',
  purpose: {
    zh: '查询中没有 {{.window}}，各时间窗口会算出同一个数',
    en: 'A query without {{.window}}: every window would have the same figure.',
  },
  check({ slo, queries }) {
    if (slo.sli.kind === 'threshold') return [];
    return queries
      .filter(({ text }) => text.search(windowPlaceholder) < 0)
      .map(({ part }) => ({
        level: 'fault',
        part,
        message: {
          zh: '查询中没有 {{.window}}：请在取值范围处书写，例如 rate(http_requests_total[{{.window}}])',
          en: 'the query has no {{.window}}: write it where the range is due, rate(http_requests_total[{{.window}}])',
        },
      }));
  },
};
