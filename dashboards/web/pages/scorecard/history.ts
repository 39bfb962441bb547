import type { PageContext } from '../../page.ts';
import { linkWithin } from '../../selection.ts';
import type { Shown } from '../opening.ts';
import { bordersOf, gradeClass, modulesOf } from './grade.ts';

/** Grades and scores of every module over the periods, as a table that reads like a chart. */
export function viewOfHistory(context: PageContext, { evaluation, history, model }: Shown) {
  const borders = bordersOf(model);
  const { format, say, t } = context;
  const marks = format.periodMarks(history.map((each) => each.period.id));
  const cell = (grade: string | null, score: number | null) => ({
    grade: grade ?? '–',
    gradeClass: gradeClass(grade),
    score: score === null ? '' : format.score(score, borders, 0),
    name: grade ?? t('grade.none'),
  });
  return {
    isLong: history.length > 1,
    periods: history.map((each, at) => ({
      name: format.period(each.period.id),
      mark: marks[at]?.mark ?? '',
      year: marks[at]?.year ?? null,
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
