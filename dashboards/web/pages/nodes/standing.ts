import type { EvaluatedNode, Evaluation } from '../../../../scoring/contract.ts';
import { isLeaf } from '../../../../scoring/contract.ts';
import type { PageContext } from '../../page.ts';

/** How an indicator stands, what needs a person first. */
export const standings = ['offTarget', 'failed', 'notReported', 'conflict', 'onTarget'] as const;
export type Standing = (typeof standings)[number];

const lights = {
  offTarget: 'partial',
  failed: 'failed',
  notReported: 'waiting',
  conflict: 'failed',
  onTarget: 'good',
} as const;

/** Null for what scores nothing: context, what does not apply, what has no base. */
export function standingOf(node: EvaluatedNode): Standing | null {
  if (node.state === 'failed' || node.state === 'conflict') return node.state;
  if (node.state === 'notReported' || node.state === 'stale') return 'notReported';
  if (node.points === null || node.pointsPossible === 0) return null;
  return node.pointsPossible - node.points > 1e-9 ? 'offTarget' : 'onTarget';
}

export function leavesBelow(evaluation: Evaluation, parent: string | null): EvaluatedNode[] {
  const children = evaluation.nodes.filter((node) => node.parent === parent);
  return children.flatMap((node) => (isLeaf(evaluation, node) ? [node] : leavesBelow(evaluation, node.id)));
}

export function chosenStanding({ query }: PageContext): Standing | null {
  return standings.find((each) => each === query.state) ?? null;
}

/** Counts by standing, each a link that leaves only these; chosen again, it leaves all. */
export function viewOfStandings(
  { t }: PageContext,
  leaves: readonly EvaluatedNode[],
  at: {
    readonly chosen: Standing | null;
    readonly linkTo: (more: Readonly<Record<string, string>>) => string;
  },
) {
  return standings
    .map((each) => ({
      light: lights[each],
      word: t(`standing.${each}`),
      n: leaves.filter((node) => standingOf(node) === each).length,
      isCurrent: at.chosen === each,
      url: at.linkTo(at.chosen === each ? {} : { state: each }),
    }))
    .filter((each) => each.n > 0 || each.isCurrent);
}
