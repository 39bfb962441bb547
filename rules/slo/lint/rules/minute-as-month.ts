import { windowPlaceholder } from '../../../contract.ts';
import { selectorsOf } from '../../../promql/query-selectors.ts';
import { queryTree } from '../../../promql/query-tree.ts';
import type { LintProblem, LintRule } from '../lint-rule.ts';

/** Below this a period is no period of a promise: a slip of `m` for `M`. */
const shortestPeriodDays = 1;

export const minuteAsMonth: LintRule = {
  name: 'minute-as-month',
  purpose: {
    zh: '把月写成了分钟：1m 是一分钟，一个月是 1M',
    en: 'A minute that means a month: `1m` is a minute, `1M` a month.',
  },
  check({ slo, queries }) {
    const { period } = slo;
    const problems: LintProblem[] = [];
    if (period.kind === 'rolling' && period.days < shortestPeriodDays) {
      const minutes = Number((period.days * 1440).toPrecision(12));
      problems.push({
        level: 'fault',
        part: 'period',
        message: {
          zh: `周期只有 ${minutes} 分钟：m 表示分钟，月请写 1M（滚动周期写天数，例如 30d）`,
          en: `the period is ${minutes} minutes: m is minutes, a month is 1M (a rolling period is in days, 30d)`,
        },
      });
    }
    for (const { part, text } of queries) {
      if (text.search(windowPlaceholder) >= 0 || slo.sli.kind === 'threshold') continue;
      for (const { literalRange } of selectorsOf(queryTree(text))) {
        if (!/^[1-9]\d?m$/.test(literalRange?.text ?? '') || !literalRange) continue;
        problems.push({
          level: 'fault',
          part,
          column: literalRange.column,
          message: {
            zh: `[${literalRange.text}] 表示分钟，且对每个窗口都不变：请改为 [{{.window}}]，周期写在 period 中`,
            en: `[${literalRange.text}] is minutes and stays so for every window: write [{{.window}}], the period goes into period`,
          },
        });
      }
    }
    return problems;
  },
};
