import type {
  EvaluatedNode,
  Model,
  StageGap,
  StageModule,
  StageModuleSpec,
  StageReckoning,
  StageResult,
  StageSpec,
} from '../contract.ts';
import { isAtLeast } from '../formula/arithmetic.ts';
import { gapsOf } from './stage-gaps.ts';
import { stageReason } from './stage-reasons.ts';

/** A module as the stages see it. */
export type StagedNode = Pick<
  EvaluatedNode,
  'id' | 'title' | 'scoreLow' | 'scoreHigh' | 'coverage' | 'grade'
>;

/**
 * One stage on the bounds of the module scores: Σ w·min(x, max). A module to which nothing applies has no score and
 * leaves both sides; the other weights are scaled up to 1 again.
 */
function reckon(stage: StageSpec, nodes: readonly StagedNode[]): Omit<StageReckoning, 'isReached'> {
  const parts = partsOf(stage, nodes);
  const total = parts.reduce((sum, { node, spec }) => sum + (node.scoreLow === null ? 0 : spec.weight), 0);
  const modules = parts.map(({ node, spec }): StageModule => {
    const { scoreLow: low, scoreHigh: high } = node;
    if (low === null || total === 0) {
      return { ...spec, module: node.id, weight: 0, low: null, high: null, points: 0, hasEntered: true };
    }
    const weight = spec.weight / total;
    const points = weight * Math.min(low, spec.max);
    const hasEntered = isAtLeast(low, spec.min);
    return { ...spec, module: node.id, weight, low, high, points, hasEntered };
  });
  const { id, title, from } = stage;
  const scoreOf = (bound: (module: StageModule) => number | null) =>
    modules.reduce((sum, each) => sum + each.weight * Math.min(bound(each) ?? 0, each.max), 0);
  return {
    id,
    title,
    scoreLow: scoreOf(({ low }) => low),
    scoreHigh: scoreOf(({ high }) => high),
    from,
    modules,
  };
}

function partsOf(
  stage: StageSpec,
  nodes: readonly StagedNode[],
): { node: StagedNode; spec: StageModuleSpec }[] {
  return nodes.flatMap((node) => {
    const spec = Object.hasOwn(stage.modules, node.id) ? stage.modules[node.id] : undefined;
    return spec ? [{ node, spec }] : [];
  });
}

/** True when the stage's own conditions hold on one bound of the scores; lower stages are not looked at. */
function isMet(stage: Omit<StageReckoning, 'isReached'>, bound: 'low' | 'high'): boolean {
  const counted = stage.modules.filter((each) => each.low !== null);
  const score = bound === 'low' ? stage.scoreLow : stage.scoreHigh;
  return (
    counted.length > 0 &&
    isAtLeast(score, stage.from) &&
    counted.every((each) => isAtLeast(each[bound] ?? 0, each.min))
  );
}

/** How many stages are reached without skipping one. */
function heightOf(stages: readonly Omit<StageReckoning, 'isReached'>[], bound: 'low' | 'high'): number {
  const missed = stages.findIndex((stage) => !isMet(stage, bound));
  return missed < 0 ? stages.length : missed;
}

/**
 * The stage of operation (03, section 2) on the low bound of every module's score: missing evidence never lifts it. While
 * a module that counts is ungraded the stage is not told, and the reason names the lowest and the highest it may be.
 */
export function reckonStages(model: Model, nodes: readonly StagedNode[]): StageResult {
  const reckoned = model.stages.map((stage) => reckon(stage, nodes));
  const height = heightOf(reckoned, 'low');
  const top = heightOf(reckoned, 'high');
  const stages = reckoned.map((stage, index) => ({ ...stage, isReached: index < height }));
  const named = new Set(model.stages.flatMap((stage) => Object.keys(stage.modules)));
  const counted = nodes.filter(({ id, scoreLow }) => named.has(id) && scoreLow !== null);
  const ungraded = counted.filter(({ grade }) => grade === null);
  const isDetermined = counted.length > 0 && ungraded.length === 0;
  const reached = isDetermined ? stages[height - 1] : undefined;
  const next = stages[height];
  const heldBackBy: readonly StageGap[] = next ? gapsOf(next, nodes) : [];
  const silent = nodes.filter(({ id, scoreLow }) => named.has(id) && scoreLow === null);
  return {
    stage: reached?.id ?? null,
    title: reached?.title ?? null,
    isDetermined,
    stages,
    heldBackBy,
    reason: stageReason({
      stages,
      height,
      top,
      ungraded,
      silent,
      counted,
      heldBackBy,
      floor: model.coverageFloor,
    }),
  };
}
