import { groupingOf } from '../../../promql/grouping.ts';
import { type QuerySelector, selectorsOf } from '../../../promql/query-selectors.ts';
import { queryTree } from '../../../promql/query-tree.ts';
import { type LintCase, type LintProblem, type LintRule, queryOf } from '../lint-rule.ts';

/** Labels that say whose events they are, never whether they are good. */
const ownerLabel =
  /^(?:job|instance|service|app|application|namespace|cluster|env|environment|subject|host|vhost|server|tenant)$/;

/** The histogram or counter that series belong to. */
const familyOf = ({ metric }: QuerySelector) => metric.replace(/_(?:bucket|count|sum|total)$/, '');

function groupingProblems(errors: string, total: string): LintProblem[] {
  const [ofErrors, ofTotal] = [errors, total].map((text) => {
    const tree = queryTree(text);
    return groupingOf(tree.top, tree);
  });
  const labelsOf = (grouping: typeof ofErrors) => (grouping?.kind === 'by' ? grouping.labels : []);
  if (!ofErrors || !ofTotal || ofErrors.kind === 'many' || ofTotal.kind === 'many') return [];
  const [onErrors, onTotal] = [labelsOf(ofErrors), labelsOf(ofTotal)];
  if (onErrors.join() === onTotal.join()) return [];
  const shown = (labels: readonly string[]) => (labels.length === 0 ? '-' : labels.join(', '));
  const message = {
    zh: `两侧分组标签不同（错误：${shown(onErrors)}；总数：${shown(onTotal)}），相除得不到结果：请让 by(...) 一致，或去掉分组`,
    en: `the sides are grouped by different labels (errors: ${shown(onErrors)}; total: ${shown(onTotal)}), so that no series divides: make by(...) the same, or leave it out`,
  };
  return [{ level: 'fault', part: 'errors', message }];
}

function matcherProblems(errors: readonly QuerySelector[], total: readonly QuerySelector[]): LintProblem[] {
  return errors
    .filter(({ isFallback }) => !isFallback)
    .flatMap((selector) => {
      const base = total.find((each) => familyOf(each) === familyOf(selector) && familyOf(each) !== '');
      return base ? comparedMatchers(selector, base) : [];
    });
}

function comparedMatchers(error: QuerySelector, total: QuerySelector): LintProblem[] {
  const other = (side: QuerySelector, label: string) => side.matchers.find((each) => each.label === label);
  const onlyTotal = total.matchers.filter(({ label }) => label !== 'le' && !other(error, label));
  const onlyErrors = error.matchers.filter(({ label }) => ownerLabel.test(label) && !other(total, label));
  return [
    ...onlyTotal.map(
      ({ label, operator, value }): LintProblem => ({
        level: 'fault',
        part: 'errors',
        column: error.column,
        message: {
          zh: `总数只计 ${label}${operator}"${value}"，错误却不限：错误会多于总数，请在错误查询中加上同样的条件`,
          en: `the total counts ${label}${operator}"${value}" only and the errors everything: add the same matcher to the errors`,
        },
      }),
    ),
    ...onlyErrors.map(
      ({ label, operator, value }): LintProblem => ({
        level: 'warning',
        part: 'total',
        column: total.column,
        message: {
          zh: `错误只计 ${label}${operator}"${value}"，总数却不限：错误率会偏低，请在总数查询中加上同样的条件`,
          en: `the errors are those of ${label}${operator}"${value}" and the total is everybody's: add the same matcher to the total`,
        },
      }),
    ),
  ];
}

export const labelMissingOnOneSide: LintRule = {
  name: 'label-missing-on-one-side',
  purpose: {
    zh: '标签只出现在错误或总数的一侧',
    en: 'A label that is on one side of the ratio only.',
  },
  check(subject: LintCase) {
    const [errors, total] = [queryOf(subject, 'errors'), queryOf(subject, 'total')];
    if (errors === null || total === null) return [];
    const [ofErrors, ofTotal] = [selectorsOf(queryTree(errors)), selectorsOf(queryTree(total))];
    return [...groupingProblems(errors, total), ...matcherProblems(ofErrors, ofTotal)];
  },
};
