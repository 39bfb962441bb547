import type { Text } from '../../../contract.ts';
import { selectorsOf } from '../../../promql/query-selectors.ts';
import { isBinary, nodesOf, queryTree, sidesOf } from '../../../promql/query-tree.ts';
import { type LintRule, queryOf } from '../lint-rule.ts';

const ofErrors: Text = {
  zh: '首次发生此类事件之前没有这条序列，错误率会缺失：可在其后加 or 0 * (总数查询)，没有总数时仍保持缺失',
  en: 'until the first such event there is no series and the ratio is absent: add or 0 * (the total) to it, which stays absent where the total is',
};

const ofGood: Text = {
  zh: '首次出现成功事件之前没有这条序列，相减得不到结果，而此时可能全部失败：请在被减的查询后加 or 0 * (总数查询)',
  en: 'until the first good event there is no series to subtract and the ratio is absent, while all may fail: add or 0 * (the total) to what is subtracted',
};

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
    const ofTotal = selectorsOf(queryTree(queryOf(subject, 'total') ?? ''));
    const narrow = selectorsOf(tree).find(
      ({ matchers }) =>
        matchers.some(({ label, operator }) => label !== 'le' && (operator === '=~' || operator === '=')) &&
        ofTotal.every((total) => total.matchers.length < matchers.length),
    );
    if (hasFallback || !narrow) return [];
    const message = narrow.isSubtracted ? ofGood : ofErrors;
    return [{ level: 'warning', part: 'errors', column: narrow.column, message }];
  },
};
