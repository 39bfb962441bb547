import {
  capitalised,
  type EvaluatedNode,
  type ModelNode,
  type NodeState,
  type Provenance,
  provenanceTitles,
  stateTitles,
  type Text,
} from '../../scoring/contract.ts';
import type { Row } from './blocks.ts';
import type { ReportContext } from './context.ts';
import { absent, formatDeclared, formatNumber, formatPoints } from './figures.ts';

export function stateName(context: ReportContext, state: NodeState): string {
  return capitalised(context.say(stateTitles[state]));
}

export function provenanceName(context: ReportContext, provenance: Provenance | null): string {
  return provenance === null ? absent : capitalised(context.say(provenanceTitles[provenance]));
}

export function gradeOrUngraded(context: ReportContext, grade: string | null): string {
  return grade ?? context.words('ungraded');
}

/** True where missing evidence could not change the printed score. */
export function isCertain(node: {
  score: number | null;
  scoreLow: number | null;
  scoreHigh: number | null;
}): boolean {
  return formatPoints(node.scoreLow) === formatPoints(node.scoreHigh);
}

/** `82.4`, or with missing evidence `82.4（70.1–95.3）`: the score and what it could be. */
export function scoreWithRange(
  context: ReportContext,
  node: { score: number | null; scoreLow: number | null; scoreHigh: number | null },
): string {
  const { score, scoreLow, scoreHigh } = node;
  const [low, high] = [formatPoints(scoreLow), formatPoints(scoreHigh)];
  return score === null || isCertain(node)
    ? formatPoints(score)
    : context.words('scoreRange', { score: formatPoints(score), low, high });
}

/** Where a leaf earns all and none of its points, in words. */
export function targetOf(context: ReportContext, node: EvaluatedNode): string {
  const model = context.modelNodes.get(node.id);
  if (!model?.leaf || model.weight === 0) return absent;
  return describeScale(context, model);
}

function describeScale(context: ReportContext, { leaf, unit }: ModelNode): string {
  if (!leaf) return absent;
  const { words, language } = context;
  const figure = (value: number) => formatDeclared(value, unit, language);
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

/** Ids like `S1.T1` are spoken of by people; words in them are for machines. */
function hasSpokenId(id: string): boolean {
  return /^[A-Z]+\d+(?:\.[A-Z]+\d+)*$/.test(id);
}

interface Named {
  readonly id: string;
  readonly title: Text;
}

/** `S1.T1 需求响应效率`, or the title alone where the id is a machine's. */
export function nameOf(context: ReportContext, node: Named): string {
  return hasSpokenId(node.id) ? `${node.id} ${context.say(node.title)}` : context.say(node.title);
}

/** A table row about a node: its name, a machine's id (or the part of it that is given) small below it, then the other cells. */
export function namedRow(
  context: ReportContext,
  node: Named,
  cells: readonly string[],
  more: Pick<Row, 'note' | 'tone' | 'code'> = {},
): Row {
  return {
    cells: [nameOf(context, node), ...cells],
    ...more,
    ...(hasSpokenId(node.id) ? {} : { code: more.code ?? node.id }),
  };
}

/** `S1` where it is spoken of, else the title. */
export function shortName(context: ReportContext, node: Named): string {
  return hasSpokenId(node.id) ? node.id : context.say(node.title);
}

/** The text with a capital letter and a full stop, unless it ends in punctuation already. */
export function sentence(context: ReportContext, phrase: string): string {
  const text = capitalised(phrase);
  return text === '' || /[。！？.!?]$/u.test(text) ? text : text + context.words('fullStop');
}

/** `16.0 / 20.0`; a figure that carries no weight is shown for context only, one that does not apply has no points. */
export function pointsOf(context: ReportContext, node: EvaluatedNode): string {
  if (context.modelNodes.get(node.id)?.weight === 0) return context.words('contextOnly');
  if (node.pointsPossible === 0) return absent;
  return `${formatPoints(node.points)} / ${formatPoints(node.pointsPossible)}`;
}

/** Names in a row with the language's separator. */
export function enumerate(context: ReportContext, names: readonly string[]): string {
  return names.join(context.words('listComma'));
}
