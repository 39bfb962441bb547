import type { EvaluatedNode, ModelNode } from '../contract.ts';
import { isAtLeast } from '../formula/arithmetic.ts';
import { scoreInner } from './inner.ts';
import { gradeOf, gradeSentence } from './inner-reasons.ts';
import { scoreLeaf } from './leaf.ts';
import type { NodeResult, ScoredNode, ScoringContext } from './node-result.ts';
import { partsOf } from './parts.ts';
import { joinTexts } from './words.ts';

/** Scores a node and everything below it. */
export function scoreNode(node: ModelNode, context: ScoringContext): NodeResult {
  if (node.leaf) {
    const leaf = scoreLeaf(node, context);
    return node.level === 1 ? gradeLeafModule(leaf, context) : leaf;
  }
  const children = node.children.map((child) => scoreNode(child, context));
  return scoreInner(node, { children, parts: partsOf(node, children, context) }, context);
}

/** A module that is a single indicator is graded on its scale. */
function gradeLeafModule(leaf: NodeResult, context: ScoringContext): NodeResult {
  const { low, score, coverage } = leaf;
  if (low === null || score === null || !isAtLeast(coverage, context.model.coverageFloor)) return leaf;
  const grade = gradeOf(low, context.model.grades);
  return { ...leaf, grade, reason: joinTexts([leaf.reason, gradeSentence(leaf, grade, context.model)]) };
}

/** The tree as the flat list of an evaluation, in tree order. */
export function flattenScored(nodes: readonly ScoredNode[], parent: string | null): EvaluatedNode[] {
  return nodes.flatMap((scored) => [
    {
      id: scored.node.id,
      parent,
      level: scored.node.level,
      title: scored.node.title,
      state: scored.state,
      value: scored.observation?.value ?? null,
      unit: scored.node.unit,
      score: scored.score,
      scoreLow: scored.low,
      scoreHigh: scored.high,
      points: scored.points,
      pointsPossible: scored.pointsPossible,
      coverage: scored.coverage,
      provenance: scored.provenance,
      grade: scored.grade,
      reason: joinTexts([scored.reason, ...scored.remarks]),
      calculation: scored.calculation,
    },
    ...flattenScored(scored.children, scored.node.id),
  ]);
}
