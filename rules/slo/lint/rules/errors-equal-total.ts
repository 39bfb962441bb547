import { type LintRule, queryOf } from '../lint-rule.ts';

const withoutBlanks = (query: string) => query.replace(/\s+/g, '');

export const errorsEqualTotal: LintRule = {
  name: 'errors-equal-total',
  purpose: {
    zh: '错误查询与总数查询相同，错误率恒为 100%',
    en: 'Errors and total are the same query: everything is an error.',
  },
  check(subject) {
    const [errors, total] = [queryOf(subject, 'errors'), queryOf(subject, 'total')];
    if (errors === null || total === null || withoutBlanks(errors) !== withoutBlanks(total)) return [];
    const message = {
      zh: '错误查询与总数查询相同，错误率恒为 100%：请在错误查询中只选取失败事件',
      en: 'errors and total are the same query, so that everything is an error: select only the bad events in the first',
    };
    return [{ level: 'fault', part: 'errors', message }];
  },
};
