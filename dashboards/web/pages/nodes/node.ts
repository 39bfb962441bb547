import { coverageOf, type EvaluatedNode, type Evaluation } from '../../../../scoring/contract.ts';
import { drawTrend } from '../../charts/trend.ts';
import { absent } from '../../format.ts';
import type { Page, PageContext } from '../../page.ts';
import { linkToNode, linkWithin } from '../../selection.ts';
import { provenanceTitle, stateTitle } from '../../terms.ts';
import { openNode, type Shown } from '../opening.ts';
import { nodesById } from '../scorecard/findings.ts';
import { bordersOf, changeClass, gradeClass } from '../scorecard/grade.ts';
import { indicatorWarnings } from '../thresholds/warnings.ts';
import { viewOfRows } from './node-rows.ts';
import { chosenStanding, leavesBelow, viewOfStandings } from './standing.ts';

/** The way from the scorecard down to a node. */
export function viewOfTrail(context: PageContext, { evaluation }: Shown, node: EvaluatedNode) {
  const chain: EvaluatedNode[] = [];
  for (let at: EvaluatedNode | undefined = node; at; ) {
    chain.unshift(at);
    const parent: string | null = at.parent;
    at = evaluation.nodes.find((each) => each.id === parent);
  }
  return {
    home: linkWithin(evaluation, '/'),
    homeName: `${context.say(evaluation.subject.name)} · ${context.format.period(evaluation.period.id)}`,
    steps: chain.slice(0, -1).map((each) => ({
      title: context.say(each.title),
      url: linkToNode(evaluation, each.id),
    })),
    here: context.say(node.title),
  };
}

/** What every node's page begins with. */
export function viewOfHeading(context: PageContext, shown: Shown, node: EvaluatedNode) {
  const { format, say, t } = context;
  const defined = nodesById(shown.model).get(node.id) ?? null;
  const before = shown.previous?.nodes.find((each) => each.id === node.id)?.score ?? null;
  const change = before === null || node.score === null ? null : node.score - before;
  return {
    id: node.id,
    title: say(node.title),
    meaning: defined ? say(defined.meaning) : '',
    isModule: node.parent === null,
    grade: node.grade ?? t('grade.none'),
    gradeClass: `${gradeClass(node.grade)}${node.grade === null ? ' cg-grade-word' : ''}`,
    state: stateTitle(context, node.state),
    stateClass: `cg-state-${node.state}`,
    score: format.score(node.score, node.parent === null ? bordersOf(shown.model) : []),
    range: format.range(node.scoreLow, node.scoreHigh),
    change: format.change(change),
    changeClass: changeClass(change),
    hasChange: change !== null,
    points:
      node.pointsPossible === 0
        ? absent
        : `${format.number(node.points)} / ${format.number(node.pointsPossible)}`,
    coverage: format.share(coverageOf(node)),
    provenance: provenanceTitle(context, node.provenance),
    reason: say(node.reason),
    formula: defined?.combine?.kind === 'formula' ? defined.combine.formula : null,
    isWeighted: defined?.combine?.kind === 'method',
    calculation: node.calculation,
  };
}

/** What lies below a node, its indicators filtered by how they stand. */
async function viewOfChildren(context: PageContext, shown: Shown, node: EvaluatedNode) {
  const { evaluation } = shown;
  const chosen = chosenStanding(context);
  const path = new URL(linkToNode(evaluation, node.id), 'http://localhost').pathname;
  return {
    rows: viewOfRows(context, shown, {
      parent: node.id,
      only: chosen,
      warnings: await indicatorWarnings(context, evaluation),
    }),
    isFiltered: chosen !== null,
    all: linkToNode(evaluation, node.id),
    standings: viewOfStandings(context, leavesBelow(evaluation, node.id), {
      chosen,
      linkTo: (more) => `${linkWithin(evaluation, path, more)}#children`,
    }),
  };
}

/** A line over the periods, once for wide columns and once for telephones. */
export function drawBoth(input: Omit<Parameters<typeof drawTrend>[0], 'width' | 'height' | 'className'>) {
  return [
    drawTrend({ ...input, width: 1240, height: 260, className: 'cg-wide' }),
    drawTrend({ ...input, width: 400, height: 240, className: 'cg-narrow' }),
  ].join('');
}

/** Marks of a time axis; the year stands beneath the first and each new one. */
export function marksOf({ format }: PageContext, history: readonly Evaluation[]): string[] {
  return format
    .periodMarks(history.map((each) => each.period.id))
    .map(({ mark, year }) => (year === null ? mark : `${mark}\n${year}`));
}

function viewOfScores(context: PageContext, { history, model, evaluation }: Shown, id: string) {
  const { format, t } = context;
  const nodes = history.map((each) => each.nodes.find((old) => old.id === id) ?? null);
  const scores = nodes.map((old) => old?.score ?? null);
  return {
    isLong: history.length > 1,
    chart:
      history.length < 2
        ? ''
        : drawBoth({
            label: t('trend.label'),
            marks: marksOf(context, history),
            values: scores,
            low: 0,
            high: 100,
            print: (value) => format.number(value, 0),
            lines: (model?.grades ?? [])
              .filter((band) => band.from > 0)
              .map((band) => ({ value: band.from, name: band.grade, isTarget: false })),
          }),
    rows: history.map((each, at) => ({
      period: format.period(each.period.id),
      url: linkWithin(
        each,
        `/${nodes[at]?.parent === null ? 'modules' : 'elements'}/${encodeURIComponent(id)}`,
      ),
      isShown: each.period.id === evaluation.period.id,
      value: format.number(scores[at] ?? null),
      state: nodes[at] ? stateTitle(context, nodes[at].state) : '—',
      extra: nodes[at]?.grade ?? '—',
    })),
  };
}

const showNode = (context: PageContext, folder: string) =>
  openNode(context, folder, async (shown, node, chooser) => ({
    template: 'node',
    view: {
      chooser,
      trail: viewOfTrail(context, shown, node),
      heading: viewOfHeading(context, shown, node),
      children: await viewOfChildren(context, shown, node),
      trend: viewOfScores(context, shown, node.id),
    },
  }));

export const modulePage: Page = { path: '/modules/:id', show: (context) => showNode(context, '/modules') };
export const elementPage: Page = { path: '/elements/:id', show: (context) => showNode(context, '/elements') };
