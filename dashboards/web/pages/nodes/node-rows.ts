import { coverageOf, type EvaluatedNode, isLeaf, type ModelNode } from '../../../../scoring/contract.ts';
import { drawMeter } from '../../charts/sparkline.ts';
import { absent } from '../../format.ts';
import type { PageContext } from '../../page.ts';
import { linkToNode } from '../../selection.ts';
import { provenanceTitle, stateTitle } from '../../terms.ts';
import type { Shown } from '../opening.ts';
import { nodesById } from '../scorecard/findings.ts';
import type { Warning } from '../thresholds/warnings.ts';
import { targetOf } from './scale.ts';
import { leavesBelow, type Standing, standingOf } from './standing.ts';

function viewOfRow(context: PageContext, shown: Shown, child: EvaluatedNode, model: ModelNode | null) {
  const { format, say, t } = context;
  const isScored = child.pointsPossible > 0;
  const share = child.points === null || !isScored ? null : child.points / child.pointsPossible;
  const isOff = model?.leaf && standingOf(child) === 'offTarget';
  return {
    id: child.id,
    title: say(child.title),
    url: linkToNode(shown.evaluation, child.id),
    value: child.value === null ? '—' : format.value(child.value, child.unit),
    target: model?.leaf && isScored ? targetOf(model.leaf, child.unit, format, t) : '—',
    points: isScored ? format.number(child.points) : model?.weight === 0 ? t('node.unweighted') : absent,
    possible: isScored ? `/ ${format.number(child.pointsPossible)}` : '',
    meter: isScored ? drawMeter(share) : '',
    state: stateTitle(context, child.state),
    stateClass: `cg-state-${child.state}`,
    provenance: provenanceTitle(context, child.provenance),
    coverage: format.share(coverageOf(child)),
    why: child.value === null && child.score === null ? say(child.reason) : null,
    intervention: isOff ? say(model.leaf.intervention) : null,
    owner: isOff ? say(model.leaf.owner) : '',
  };
}

export interface RowChoice {
  /** Null = from the top. */
  readonly parent: string | null;
  /** The indicators that stand so alone, and what holds them; null = every one. */
  readonly only: Standing | null;
  /** Lamps by indicator. */
  readonly warnings: ReadonlyMap<string, Warning>;
}

/** Everything below a node in tree order, an element before its indicators. */
export function viewOfRows(context: PageContext, shown: Shown, { parent, only, warnings }: RowChoice) {
  const { evaluation } = shown;
  const defined = nodesById(shown.model);
  const isWanted = (node: EvaluatedNode) =>
    only === null ||
    (isLeaf(evaluation, node) ? [node] : leavesBelow(evaluation, node.id)).some(
      (leaf) => standingOf(leaf) === only,
    );
  const below = (id: string | null, depth: number): ReturnType<typeof rowAt>[] =>
    evaluation.nodes
      .filter((node) => node.parent === id && isWanted(node))
      .flatMap((node) => [rowAt(node, depth), ...below(node.id, depth + 1)]);
  const rowAt = (node: EvaluatedNode, depth: number) => ({
    ...viewOfRow(context, shown, node, defined.get(node.id) ?? null),
    depth,
    warning: warnings.get(node.id) ?? null,
    isGroup: !isLeaf(evaluation, node),
  });
  return below(parent, 1);
}
