import type { PageContext } from '../page.ts';
import { linkWithin } from '../selection.ts';
import { gradeClass, modulesOf } from './grade.ts';
import type { Shown } from './home.ts';

/** Grades and scores of every module over the periods, as a table that reads like a chart. */
export function viewOfHistory(context: PageContext, { evaluation, history }: Shown) {
  const { format, say, t } = context;
  const cell = (grade: string | null, score: number | null) => ({
    grade: grade ?? '–',
    gradeClass: gradeClass(grade),
    score: format.number(score, 0),
    name: grade ?? t('grade.none'),
  });
  return {
    isLong: history.length > 1,
    periods: history.map((each) => ({
      name: format.period(each.period.id),
      mark: format.periodMark(each.period.id),
      url: linkWithin(each, '/'),
      isShown: each.period.id === evaluation.period.id,
    })),
    overall: history.map((each) => cell(each.overall.grade, each.overall.score)),
    rows: modulesOf(evaluation).map((module) => ({
      title: say(module.title),
      cells: history.map((each) => {
        const node = each.nodes.find((old) => old.id === module.id);
        return cell(node?.grade ?? null, node?.score ?? null);
      }),
    })),
  };
}
