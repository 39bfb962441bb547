import { type Evaluation, type Model, overallCoverageOf, type Subject } from '../../../scoring/contract.ts';
import { link, type Page, type PageContext } from '../page.ts';
import { linkToNode, linkWithin, newestFirst } from '../selection.ts';
import { bordersOf, gradeClass, modulesOf, rankOf } from './scorecard/grade.ts';

type Row = { readonly subject: Subject; readonly evaluation: Evaluation | null };

/** What the comparison is about: from the query, else the parent and period evaluated last. */
async function choose(context: PageContext) {
  const { workbench, query } = context;
  const subjects = await workbench.subjects();
  const parents = subjects.filter((each) => subjects.some((child) => child.parent === each.id));
  const summaries = await workbench.evaluations(query.model ? { model: query.model } : {});
  const latest = summaries.find((each) => subjects.some((one) => one.id === each.subject && one.parent));
  const modelId = query.model ?? latest?.model ?? summaries[0]?.model ?? workbench.models()[0]?.id ?? '';
  const parentOfLatest = subjects.find((each) => each.id === latest?.subject)?.parent;
  const parentId = query.parent ?? parentOfLatest ?? parents[0]?.id ?? '';
  const rows = subjects.filter((each) => each.parent === parentId);
  const ids = new Set(rows.map((each) => each.id));
  const related = summaries.filter((each) => each.model === modelId && ids.has(each.subject));
  const periods = newestFirst(related.map((each) => each.period));
  const period = query.period || periods[0] || '';
  return { subjects, parents, rows, related, modelId, parentId, periods, period };
}

/** What a row is compared on; null when it has none. Under a rule over grades the grade alone decides. */
function figureOf({ evaluation }: Row, by: string, model: Model | null): number | null {
  if (!evaluation) return null;
  const { overall } = evaluation;
  if (by === 'coverage') return overallCoverageOf(evaluation);
  if (by !== 'overall') return evaluation.nodes.find((node) => node.id === by)?.score ?? null;
  const rank = rankOf(overall.grade, model);
  return rank === null ? null : -rank * 1000 + (overall.score ?? 0);
}

/** 1 for the best, ties share the best place; null where there is nothing to compare. */
export function placesOf(rows: readonly Row[], by: string, model: Model | null): (number | null)[] {
  const figures = rows.map((row) => figureOf(row, by, model));
  return figures.map((figure) =>
    figure === null ? null : 1 + figures.filter((other) => other !== null && other > figure).length,
  );
}

/** Sorts on `by`; what has no figure comes last whichever way the sort runs. */
export function sortRows(rows: readonly Row[], by: string, isAscending: boolean, model: Model | null): Row[] {
  const figure = (row: Row) => figureOf(row, by, model);
  return [...rows].sort((a, b) => {
    const [x, y] = [figure(a), figure(b)];
    if (x === null || y === null)
      return x === y ? a.subject.id.localeCompare(b.subject.id) : x === null ? 1 : -1;
    return (isAscending ? x - y : y - x) || a.subject.id.localeCompare(b.subject.id);
  });
}

function viewOfRow(
  context: PageContext,
  row: Row,
  { place, modules, borders }: { place: number | null; modules: readonly string[]; borders: number[] },
) {
  const { format, say, t } = context;
  const { evaluation, subject } = row;
  const cells = modules.map((id) => {
    const node = evaluation?.nodes.find((each) => each.id === id);
    return {
      grade: node?.grade ?? '–',
      gradeClass: gradeClass(node?.grade ?? null),
      score: node?.score == null ? '' : format.score(node.score, borders),
      url: evaluation ? linkToNode(evaluation, id) : null,
    };
  });
  return {
    place: place === null ? '—' : String(place),
    name: say(subject.name),
    url: evaluation ? linkWithin(evaluation, '/') : null,
    grade: evaluation ? (evaluation.overall.grade ?? t('grade.none')) : t('subjects.notEvaluated'),
    gradeClass: gradeClass(evaluation?.overall.grade ?? null),
    score: format.score(evaluation?.overall.score ?? null, borders),
    coverage: format.share(evaluation ? overallCoverageOf(evaluation) : null),
    cells,
  };
}

export const subjectsPage: Page = {
  path: '/subjects',
  show: async (context) => {
    const { workbench, reader, say, t, format, query } = context;
    const chosen = await choose(context);
    const saved = chosen.related.filter((each) => each.period === chosen.period);
    const rows = await Promise.all(
      chosen.rows.map(async (subject): Promise<Row> => {
        const summary = saved.find((each) => each.subject === subject.id);
        return { subject, evaluation: summary ? await reader.get(summary.sha256) : null };
      }),
    );
    const some = rows.find((row) => row.evaluation)?.evaluation ?? null;
    const model = some ? await reader.modelOf(some) : null;
    const modules = some ? modulesOf(some) : [];
    const by = query.sort || 'overall';
    const isAscending = query.order === 'asc';
    const sorted = sortRows(rows, by, isAscending, model);
    const places = placesOf(sorted, by, model);
    const sortLink = (column: string, title: string) => ({
      title,
      url: link('/subjects', {
        model: chosen.modelId,
        parent: chosen.parentId,
        period: chosen.period,
        sort: column,
        order: by === column && !isAscending ? 'asc' : 'desc',
      }),
      sorted: by === column ? (isAscending ? 'ascending' : 'descending') : 'none',
      mark: by === column ? (isAscending ? '▲' : '▼') : '',
    });
    const hasScore = rows.some((row) => row.evaluation?.overall.score != null);
    return {
      template: 'subjects',
      title: t('subjects.title'),
      section: '/subjects',
      isSample: chosen.rows.some((each) => each.isSample),
      view: {
        parents: chosen.parents.map((each) => ({
          value: each.id,
          text: say(each.name),
          isChosen: each.id === chosen.parentId,
        })),
        models: workbench
          .models()
          .map((each) => ({ value: each.id, text: say(each.title), isChosen: each.id === chosen.modelId })),
        periods: chosen.periods.map((each) => ({
          value: each,
          text: format.period(each),
          isChosen: each === chosen.period,
        })),
        period: chosen.period ? format.period(chosen.period) : '',
        hasRows: rows.length > 0,
        hasEvaluations: some !== null,
        hasScore,
        overall: sortLink('overall', t('verdict.overall')),
        coverage: sortLink('coverage', t('col.coverage')),
        modules: modules.map((node) => sortLink(node.id, say(node.title))),
        rows: sorted.map((row, at) =>
          viewOfRow(context, row, {
            place: places[at] ?? null,
            modules: modules.map((node) => node.id),
            borders: bordersOf(model),
          }),
        ),
        evaluateUrl: link('/evaluate', { model: chosen.modelId, period: chosen.period }),
      },
    };
  },
};
