import { selectorsOf } from '../../../promql/query-selectors.ts';
import { isBinary, nodesOf, queryTree, sidesOf } from '../../../promql/query-tree.ts';
import { type LintRule, queryOf } from '../lint-rule.ts';

export const errorsCanBeAbsent: LintRule = {
  name: 'errors-can-be-absent',
  purpose: {
    zh: '首次出错之前错误序列不存在，达成率会缺失',
    en: 'Until the first error there is no such series, and the ratio is absent.',
  },
  check(subject) {
    const errors = queryOf(subject, 'errors');
    if (errors === null) return [];
    const tree = queryTree(errors);
    const hasFallback = nodesOf(tree.top).some((node) => isBinary(node) && sidesOf(node).operator === 'Or');
    const narrow = selectorsOf(tree).find(({ matchers }) =>
      matchers.some(({ label, operator }) => label !== 'le' && (operator === '=~' || operator === '=')),
    );
    const total = queryOf(subject, 'total') ?? '';
    const isNarrower = selectorsOf(queryTree(total)).every(
      ({ matchers }) => matchers.length < (narrow?.matchers.length ?? 0),
    );
    if (hasFallback || !narrow || !isNarrower) return [];
    const message = {
      zh: '首次发生此类事件之前没有这条序列，错误率会缺失：可在其后加 or 0 * (总数查询)，没有总数时仍保持缺失',
      en: 'until the first such event there is no series and the ratio is absent: add or 0 * (the total) to it, which stays absent where the total is',
    };
    return [{ level: 'warning', part: 'errors', column: narrow.column, message }];
  },
};
