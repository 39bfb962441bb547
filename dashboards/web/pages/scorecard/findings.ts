import {
  capitalised,
  type EvaluatedNode,
  type Evaluation,
  flattenNodes,
  isLeaf,
  lossesOf,
  type Model,
  type ModelNode,
  missingLeaves,
  movesBetween,
} from '../../../../scoring/contract.ts';
import type { PageContext } from '../../page.ts';
import { linkToNode } from '../../selection.ts';
import { provenanceTitle, stateTitle } from '../../terms.ts';
import { linkToDispute } from '../conflicts/disputes.ts';
import { targetOf } from '../nodes/scale.ts';
import type { Shown } from '../opening.ts';
import { changeClass } from './grade.ts';

/** The model's nodes by id; empty when the model is gone. */
export function nodesById(model: Model | null): ReadonlyMap<string, ModelNode> {
  return new Map((model ? flattenNodes(model.nodes) : []).map((node) => [node.id, node]));
}

function moduleOf(shown: Shown, node: EvaluatedNode): EvaluatedNode {
  const parent = shown.evaluation.nodes.find((each) => each.id === node.parent);
  return parent ? moduleOf(shown, parent) : node;
}

function nameOf(context: PageContext, shown: Shown, node: EvaluatedNode) {
  return {
    id: node.id,
    title: context.say(node.title),
    url: linkToNode(shown.evaluation, node.id),
    module: context.say(moduleOf(shown, node).title),
  };
}

/** The biggest losses of points, with who can win them back and how. */
export function viewOfLosses(context: PageContext, shown: Shown, limit: number) {
  const { format, say, t } = context;
  const defined = nodesById(shown.model);
  const all = lossesOf(shown.evaluation);
  const isScored = shown.evaluation.nodes.some((node) => node.score !== null);
  return {
    none: t(isScored ? 'losses.none' : 'losses.unscored'),
    more: Math.max(0, all.length - limit),
    rows: all.slice(0, limit).map(({ node, pointsLost }) => {
      const leaf = defined.get(node.id)?.leaf ?? null;
      return {
        ...nameOf(context, shown, node),
        value: format.value(node.value, node.unit),
        target: leaf ? targetOf(leaf, node.unit, format, t) : '—',
        lost: format.number(pointsLost),
        owner: leaf ? say(leaf.owner) : '—',
        intervention: leaf ? say(leaf.intervention) : '—',
      };
    }),
  };
}

/** What moved among the indicators since the previous period. */
export function viewOfMoves(context: PageContext, shown: Shown, limit: number) {
  const { format } = context;
  const { evaluation, previous } = shown;
  if (!previous) return null;
  const figure = (node: EvaluatedNode) =>
    node.value === null ? stateTitle(context, node.state) : format.value(node.value, node.unit);
  const moves = movesBetween(previous, evaluation).filter(
    (move) =>
      isLeaf(evaluation, move.node) &&
      (figure(move.before) !== figure(move.node) || /[1-9]/.test(format.change(move.change))),
  );
  return {
    before: format.period(previous.period.id),
    more: Math.max(0, moves.length - limit),
    rows: moves.slice(0, limit).map(({ node, before, change }) => ({
      ...nameOf(context, shown, node),
      before: figure(before),
      now: figure(node),
      change: format.change(change),
      changeClass: changeClass(change),
    })),
  };
}

/** Leaves that owe a figure; those whose sources contradict each other are shown as conflicts. */
export function owedLeaves(evaluation: Evaluation): EvaluatedNode[] {
  return missingLeaves(evaluation).filter((node) => node.state !== 'conflict');
}

/** Figures that are expected and absent, and who owes them. */
export function viewOfMissing(context: PageContext, shown: Shown, limit: number) {
  const { say } = context;
  const defined = nodesById(shown.model);
  const causes = new Map(shown.evaluation.observations.map((each) => [each.indicator, each.reason]));
  const all = owedLeaves(shown.evaluation).map((node) => {
    const leaf = defined.get(node.id)?.leaf ?? null;
    return {
      ...nameOf(context, shown, node),
      state: stateTitle(context, node.state),
      stateClass: `cg-state-${node.state}`,
      // The node's own reason names the owner too, who has a column here.
      reason: capitalised(say(causes.get(node.id) ?? node.reason)),
      owner: leaf ? say(leaf.owner) : '—',
    };
  });
  const rest = all.slice(limit);
  return { rows: all.slice(0, limit), rest, more: rest.length };
}

/** Two sources that contradict each other, side by side. */
export function viewOfConflicts(context: PageContext, shown: Shown) {
  const { format, say, t } = context;
  const { evaluation } = shown;
  const zone = evaluation.period.timeZone;
  return evaluation.conflicts.flatMap((conflict) => {
    const node = evaluation.nodes.find((each) => each.id === conflict.indicator);
    if (!node) return [];
    return [
      {
        ...nameOf(context, shown, node),
        reason: say(conflict.reason),
        decide: linkToDispute(evaluation.sha256, node.id),
        candidates: conflict.candidates.map((each) => ({
          value: format.value(each.value, node.unit),
          provenance: provenanceTitle(context, each.provenance),
          source: each.source
            ? [
                t(`source.${each.source.kind}`),
                each.source.submittedBy,
                each.source.evidence,
                ...each.source.files.map((file) => file.name),
              ]
                .filter(Boolean)
                .join(' · ')
            : '—',
          asOf: each.source ? format.date(each.source.asOf, zone) : '—',
        })),
      },
    ];
  });
}
