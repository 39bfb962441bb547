import { type ModelNode, type Observation, valuedStates } from '../contract.ts';
import { missingReason, silentReason, valueReason, valueRemarks } from './leaf-reasons.ts';
import { type NodeResult, rounded, type ScoringContext } from './node-result.ts';
import { scoreOnScale } from './scale.ts';
import { figure } from './words.ts';

/** The score that a denominator of 0 stands for; null = the leaf does not apply. */
function scoreOfZeroBase(node: ModelNode): number | null {
  const rule = node.leaf?.zeroBase;
  return rule === 'full' ? 100 : rule === 'zero' ? 0 : null;
}

function scaleCalculation(node: ModelNode, value: number, score: number): string {
  const scale = node.leaf?.scale;
  const shown = figure(value, 6);
  if (scale?.kind !== 'linear') return `${shown} -> ${figure(score, 4)}`;
  const { worst, best } = scale;
  return `clamp(100 * (${shown} - ${worst}) / (${best} - ${worst}), 0, 100) = ${figure(score, 4)}`;
}

/** The score if the samples that are missing had turned out worst or best. */
export function boundsOf(
  score: number | null,
  { coverage = 1 }: Pick<Observation, 'coverage'>,
  context: ScoringContext,
): { low: number | null; high: number | null } {
  if (score === null || coverage === 1) return { low: score, high: score };
  const low = rounded(coverage * score, context);
  return { low, high: rounded(coverage * score + (1 - coverage) * 100, context) };
}

/** Scores a leaf on its own; where the parent's formula takes the raw value, the parent adds score and points. */
export function scoreLeaf(node: ModelNode, context: ScoringContext): NodeResult {
  const observation = context.evidence.get(node.id)?.observation;
  if (!observation || !node.leaf) throw new Error(`${node.id} has no observation`);
  const common = {
    node,
    observation,
    grade: null,
    children: [] as const,
    isBlocked: observation.state === 'conflict',
  };
  const isSilent = ['notApplicable', 'excluded', 'zeroBase'].includes(observation.state);
  const { value } = observation;
  if (value !== null && valuedStates.includes(observation.state)) {
    const onScale = scoreOnScale(node.leaf.scale, value);
    const score = onScale === null ? null : rounded(onScale, context);
    return {
      ...common,
      state: observation.state,
      score,
      ...boundsOf(score, observation, context),
      input: score ?? value,
      coverage: observation.coverage ?? 1,
      isApplicable: true,
      provenance: observation.provenance,
      reason: valueReason(node, observation, value),
      remarks: valueRemarks(node, observation),
      calculation: score === null ? null : scaleCalculation(node, value, score),
    };
  }
  const fixed = observation.state === 'zeroBase' ? scoreOfZeroBase(node) : null;
  const isApplicable = !isSilent || fixed !== null;
  return {
    ...common,
    state: observation.state,
    score: fixed,
    low: isApplicable ? (fixed ?? 0) : null,
    high: isApplicable ? (fixed ?? 100) : null,
    input: null,
    coverage: fixed === null ? 0 : 1,
    isApplicable,
    provenance: null,
    reason: isSilent ? silentReason(observation, fixed) : missingReason(node, observation),
    remarks: [],
    calculation: null,
  };
}
