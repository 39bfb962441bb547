import type { EvaluatedNode, Leaf, ModelNode } from '../../../../scoring/contract.ts';
import type { Page, PageContext } from '../../page.ts';
import { linkToNode } from '../../selection.ts';
import { stateTitle } from '../../terms.ts';
import { linkToDispute } from '../conflicts/disputes.ts';
import { viewOfDrill } from '../evidence/drill.ts';
import { fractionOf, viewOfEvidence } from '../evidence/evidence.ts';
import { viewOfSeries } from '../evidence/series.ts';
import { openNode, type Shown } from '../opening.ts';
import { nodesById, viewOfConflicts } from '../scorecard/findings.ts';
import { changeClass } from '../scorecard/grade.ts';
import { indicatorWarnings } from '../thresholds/warnings.ts';
import { drawBoth, marksOf, viewOfHeading, viewOfTrail } from './node.ts';
import { scaleInWords, targetOf } from './scale.ts';

function viewOfFigure(context: PageContext, shown: Shown, node: EvaluatedNode, model: ModelNode | null) {
  const { format, t } = context;
  const before = shown.previous?.nodes.find((each) => each.id === node.id)?.value ?? null;
  const change = before === null || node.value === null ? null : node.value - before;
  const observation = shown.evaluation.observations.find((each) => each.indicator === node.id);
  const sign = model?.leaf?.direction === 'lower' ? -1 : 1;
  const isScored = model ? model.weight !== 0 : node.pointsPossible > 0;
  return {
    hasValue: node.value !== null,
    value: format.value(node.value, node.unit),
    fraction: fractionOf(context, observation),
    hasChange: change !== null,
    change: format.valueMove(before, node.value, node.unit),
    changeClass:
      change === null || model?.leaf?.direction === 'band'
        ? 'text-secondary'
        : changeClass(Math.sign(change) * sign),
    before: format.value(before, node.unit),
    beforePeriod: shown.previous ? format.period(shown.previous.period.id) : '',
    target: model?.leaf && isScored ? targetOf(model.leaf, node.unit, format, t) : '—',
    scale: model?.leaf ? scaleInWords(model.leaf.scale, node.unit, format, t) : '—',
    isScored,
  };
}

function viewOfDefinition(context: PageContext, model: ModelNode | null) {
  const leaf = model?.leaf;
  if (!leaf) return null;
  const { format, say, t } = context;
  return {
    measure: leaf.measure.kind === 'entry' ? t('measure.entry') : leaf.measure.text,
    frequency: t(`frequency.${leaf.frequency}`),
    owner: say(leaf.owner),
    intervention: say(leaf.intervention),
    tolerance: format.setting(leaf.tolerance, 'ratio'),
    zeroBase: t(`zeroBase.${leaf.zeroBase}`),
    references: leaf.referencePoints.map((point) => ({
      value: format.setting(point.value, model.unit),
      label: say(point.label),
      source: say(point.source),
    })),
  };
}

/** One value, or both ends of a band. */
function targetsOf({ scale, best }: Leaf): number[] {
  return scale.kind === 'band' ? [scale.bestLow, scale.bestHigh] : [best];
}

function viewOfValues(context: PageContext, shown: Shown, node: EvaluatedNode, model: ModelNode | null) {
  const { format, say, t } = context;
  const { history, evaluation } = shown;
  const nodes = history.map((each) => each.nodes.find((old) => old.id === node.id) ?? null);
  const values = nodes.map((old) => old?.value ?? null);
  const target =
    model?.leaf && node.pointsPossible > 0
      ? targetsOf(model.leaf).map((value) => ({ value, name: t('trend.target'), isTarget: true }))
      : [];
  const references = (model?.leaf?.referencePoints ?? []).slice(0, 1).map((point) => ({
    value: point.value,
    name: t('trend.reference'),
    isTarget: false,
  }));
  return {
    isLong: history.length > 1,
    chart:
      history.length < 2 || values.every((value) => value === null)
        ? ''
        : drawBoth({
            label: t('trend.valueLabel', { indicator: say(node.title) }),
            marks: marksOf(context, history),
            values,
            low: null,
            high: null,
            print: (value) => format.value(value, node.unit),
            lines: [...target, ...references],
          }),
    rows: history.map((each, at) => ({
      period: format.period(each.period.id),
      url: linkToNode(each, node.id),
      isShown: each.period.id === evaluation.period.id,
      value: format.value(values[at] ?? null, node.unit),
      state: nodes[at] ? stateTitle(context, nodes[at].state) : '—',
      extra: nodes[at] ? format.number(nodes[at].points) : '—',
    })),
  };
}

/** Who decided which of several sources counts; null where nobody had to. */
function viewOfDecision({ format, t }: PageContext, { evaluation }: Shown, node: EvaluatedNode) {
  const made = evaluation.resolutions?.find((each) => each.comparison.indicator === node.id)?.resolution;
  if (!made) return null;
  const at = format.date(made.decidedAt, evaluation.period.timeZone);
  return {
    text: t('conflicts.decidedNote', { by: made.decidedBy, at, reason: made.reason }),
    url: linkToDispute(evaluation.sha256, node.id),
  };
}

export const indicatorPage: Page = {
  path: '/indicators/:id',
  show: (context) =>
    openNode(context, '/indicators', async (shown, node, chooser) => {
      const model = nodesById(shown.model).get(node.id) ?? null;
      const warnings = await indicatorWarnings(context, shown.evaluation);
      return {
        template: 'indicator',
        view: {
          chooser,
          trail: viewOfTrail(context, shown, node),
          heading: viewOfHeading(context, shown, node),
          warning: warnings.get(node.id) ?? null,
          figure: viewOfFigure(context, shown, node, model),
          definition: viewOfDefinition(context, model),
          series: await viewOfSeries(context, shown, model),
          trend: viewOfValues(context, shown, node, model),
          drill: model ? await viewOfDrill(context, shown, model) : null,
          evidence: await viewOfEvidence(context, shown, node, model),
          decision: viewOfDecision(context, shown, node),
          conflicts: viewOfConflicts(context, shown).filter((each) => each.id === node.id),
        },
      };
    }),
};
