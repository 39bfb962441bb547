import type { EvaluatedNode, Evaluation } from './evaluation.ts';

/** Points a leaf lost, carried to the scale of its module (0..100). */
export interface Loss {
  readonly node: EvaluatedNode;
  readonly module: EvaluatedNode;
  /** Points of the module's 100 that were possible and not reached; never from missing evidence. */
  readonly pointsLost: number;
}

function ancestorsOf(evaluation: Evaluation, node: EvaluatedNode): EvaluatedNode[] {
  const byId = new Map(evaluation.nodes.map((each) => [each.id, each]));
  const chain: EvaluatedNode[] = [];
  for (let at = node.parent; at !== null; ) {
    const parent = byId.get(at);
    if (!parent) break;
    chain.push(parent);
    at = parent.parent;
  }
  return chain;
}

/** Coverage 0..1; null where nothing applies, so that there is nothing to cover. */
export function coverageOf({ coverage, scoreLow }: EvaluatedNode): number | null {
  return coverage === 0 && scoreLow === null ? null : coverage;
}

/** Coverage over all modules, 0..1; null where none applies. */
export function overallCoverageOf({ nodes, overall }: Evaluation): number | null {
  const modules = nodes.filter((node) => node.parent === null);
  const isEmpty = modules.length > 0 && modules.every((node) => coverageOf(node) === null);
  return isEmpty ? null : overall.coverage;
}

/** True when no node names this one as its parent. */
export function isLeaf(evaluation: Evaluation, node: EvaluatedNode): boolean {
  return !evaluation.nodes.some((each) => each.parent === node.id);
}

/** Leaves that lost points, biggest loss first; a leaf without a value is missing, not lost. */
export function lossesOf(evaluation: Evaluation): Loss[] {
  return evaluation.nodes
    .filter((node) => isLeaf(evaluation, node) && node.points !== null)
    .map((node) => {
      const chain = ancestorsOf(evaluation, node);
      const module = chain.at(-1) ?? node;
      const scale = chain.slice(0, -1).reduce((share, each) => (share * each.pointsPossible) / 100, 1);
      return { node, module, pointsLost: (node.pointsPossible - (node.points ?? 0)) * scale };
    })
    .filter((loss) => loss.pointsLost > 1e-9)
    .sort((a, b) => b.pointsLost - a.pointsLost || a.node.id.localeCompare(b.node.id));
}

/** Leaves that are expected and have no value, in tree order. */
export function missingLeaves(evaluation: Evaluation): EvaluatedNode[] {
  const expected = new Set(['notReported', 'failed', 'stale', 'conflict']);
  return evaluation.nodes.filter((node) => isLeaf(evaluation, node) && expected.has(node.state));
}

/** One node in two evaluations of the same model and subject. */
export interface Move {
  readonly node: EvaluatedNode;
  readonly before: EvaluatedNode;
  /** Change of score (inner node) or points (leaf); null when either side has none. */
  readonly change: number | null;
  /** True when the value, the grade or the state differs. */
  readonly hasMoved: boolean;
}

/** What moved from `before` to `now`, biggest change first; evidence that came or went is listed last. */
export function movesBetween(before: Evaluation, now: Evaluation): Move[] {
  const earlier = new Map(before.nodes.map((node) => [node.id, node]));
  const figure = (node: EvaluatedNode, leaf: boolean) => (leaf ? node.points : node.score);
  return now.nodes
    .flatMap((node): Move[] => {
      const old = earlier.get(node.id);
      if (!old) return [];
      const leaf = isLeaf(now, node);
      const [a, b] = [figure(old, leaf), figure(node, leaf)];
      const hasMoved =
        old.value !== node.value || old.grade !== node.grade || old.state !== node.state || a !== b;
      return [{ node, before: old, change: a === null || b === null ? null : b - a, hasMoved }];
    })
    .filter((move) => move.hasMoved)
    .sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0));
}
