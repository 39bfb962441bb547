import type { EvaluatedNode, ModelNode, NodeState, Provenance } from '../../scoring/contract.ts';
import type { ReportContext } from './context.ts';
import { absent, formatNumber, formatPoints, formatValue } from './figures.ts';

export function stateName(context: ReportContext, state: NodeState): string {
  return context.words(`state.${state}`);
}

export function provenanceName(context: ReportContext, provenance: Provenance | null): string {
  return provenance === null ? absent : context.words(`provenance.${provenance}`);
}

export function gradeOrUngraded(context: ReportContext, grade: string | null): string {
  return grade ?? context.words('ungraded');
}

/** `82.4`, or with missing evidence `82.4（70.1–95.3）`: the score and what it could be. */
export function scoreWithRange(
  context: ReportContext,
  node: { score: number | null; scoreLow: number | null; scoreHigh: number | null },
): string {
  const { score, scoreLow, scoreHigh } = node;
  if (score === null || scoreLow === null || scoreHigh === null || scoreLow === scoreHigh) {
    return formatPoints(score);
  }
  return context.words('scoreRange', {
    score: formatPoints(score),
    low: formatPoints(scoreLow),
    high: formatPoints(scoreHigh),
  });
}

/** Where a leaf earns all and none of its points, in words. */
export function targetOf(context: ReportContext, node: EvaluatedNode): string {
  const model = context.modelNodes.get(node.id);
  if (!model?.leaf) return absent;
  return describeScale(context, model);
}

function describeScale(context: ReportContext, { leaf, unit }: ModelNode): string {
  if (!leaf) return absent;
  const { words, language } = context;
  const figure = (value: number) => formatValue(value, unit, language);
  const { scale } = leaf;
  if (scale.kind === 'linear')
    return words('target.linear', { best: figure(scale.best), worst: figure(scale.worst) });
  if (scale.kind === 'band') {
    return words('target.band', {
      bestLow: figure(scale.bestLow),
      bestHigh: figure(scale.bestHigh),
      low: figure(scale.low),
      high: figure(scale.high),
    });
  }
  if (scale.kind === 'steps') {
    return scale.steps
      .map((step) => words('target.step', { from: figure(step.from), score: formatNumber(step.score, 0) }))
      .join(words('comma'));
  }
  return leaf.worst === null
    ? words('target.best', { best: figure(leaf.best) })
    : words('target.linear', { best: figure(leaf.best), worst: figure(leaf.worst) });
}

/** `S1.T1 需求响应效率`. */
export function nameWithId(context: ReportContext, node: EvaluatedNode): string {
  return `${node.id} ${context.say(node.title)}`;
}

/** Names in a row with the language's separator. */
export function enumerate(context: ReportContext, names: readonly string[]): string {
  return names.join(context.words('listComma'));
}
