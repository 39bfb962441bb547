import { type ModelNode, type Provenance, provenances } from '../contract.ts';
import { isAtLeast } from '../formula/arithmetic.ts';
import { gradeOf, innerReason } from './inner-reasons.ts';
import { boundsOf } from './leaf.ts';
import { withPoints } from './leaf-reasons.ts';
import { type NodeResult, type Part, rounded, type ScoredNode, type ScoringContext } from './node-result.ts';
import { figure, text } from './words.ts';

export interface Totals {
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly coverage: number;
  readonly isApplicable: boolean;
}

function total(parts: readonly Part[], amount: (part: Part) => number): number {
  return parts.reduce((sum, part) => sum + amount(part), 0);
}

/** Renormalised score, its bounds and its coverage; parts that do not apply leave both sides. */
export function addParts(parts: readonly Part[], context: ScoringContext): Totals {
  const applicable = parts.filter((part) => part.isApplicable && part.possible > 0);
  const valued = applicable.filter((part) => part.reached !== null);
  const possible = total(applicable, (part) => part.possible);
  if (possible === 0) return { score: null, low: null, high: null, coverage: 0, isApplicable: false };
  const share = (points: number, of: number) => rounded((100 * points) / of, context);
  const isWhole = applicable.every((part) => part.coverage === 1);
  return {
    score:
      valued.length === 0
        ? null
        : share(
            total(valued, (part) => part.reached ?? 0),
            total(valued, (part) => part.possible),
          ),
    low: share(
      total(applicable, (part) => part.low),
      possible,
    ),
    high: share(
      total(applicable, (part) => part.high),
      possible,
    ),
    coverage: isWhole ? 1 : total(applicable, (part) => part.possible * part.coverage) / possible,
    isApplicable: true,
  };
}

function weakest(children: readonly NodeResult[]): Provenance | null {
  const found = children.flatMap((child) =>
    child.provenance ? [provenances.indexOf(child.provenance)] : [],
  );
  return found.length === 0 ? null : (provenances[Math.max(...found)] ?? null);
}

/** Gives each child its points; a leaf without a scale gets its score from them. */
function givePoints(
  children: readonly NodeResult[],
  parts: readonly Part[],
  context: ScoringContext,
): ScoredNode[] {
  return children.map((child, index): ScoredNode => {
    const part = parts.find((each) => each.members.includes(index));
    if (!part) return { ...child, points: null, pointsPossible: 0 };
    if (part.possible === 0) return { ...child, points: null, pointsPossible: 0, reason: asContext(child) };
    const sharers = part.members.length;
    const pointsPossible = part.isApplicable ? part.possible / sharers : 0;
    if (child.coverage > 0 && part.reached === null && child.node.leaf)
      return withoutResult(child, part, pointsPossible);
    const points = part.reached === null ? null : part.reached / sharers;
    if (points === null || !child.node.leaf) return { ...child, points, pointsPossible };
    const score = child.score ?? (100 * points) / pointsPossible;
    return {
      ...child,
      score,
      ...(child.score === null
        ? boundsOf(score, child.observation ?? {}, context)
        : { low: child.low, high: child.high }),
      points,
      pointsPossible,
      reason: withPoints(child.reason, points, pointsPossible),
      calculation:
        child.calculation ?? (part.calculation && `${part.calculation} = ${figure(part.reached ?? 0, 6)}`),
    };
  });
}

function asContext(child: NodeResult) {
  return text(`${child.reason.zh}；背景数据，不计分`, `${child.reason.en}; context, not scored`);
}

/** A leaf whose value the formula cannot use: its own value has no result, or a figure it is multiplied with is missing. */
function withoutResult(child: NodeResult, part: Part, pointsPossible: number): ScoredNode {
  const isAlone = part.members.length === 1;
  const why = isAlone
    ? text('公式在该数值上没有有限结果', 'the formula has no finite result for this value')
    : text(
        '与其同项相乘的指标缺失，该项无法计分',
        'a figure in the same term is missing, so the term cannot be scored',
      );
  return {
    ...child,
    state: isAlone ? 'failed' : child.state,
    score: null,
    low: 0,
    high: 100,
    points: null,
    pointsPossible,
    coverage: 0,
    provenance: null,
    reason: text(`${child.reason.zh}；${why.zh}`, `${child.reason.en}; ${why.en}`),
  };
}

function calculationOf(parts: readonly Part[], totals: Totals): string | null {
  const valued = parts.filter((part) => part.isApplicable && part.calculation !== null && part.possible > 0);
  if (totals.score === null || valued.length === 0) return null;
  const sum = valued
    .map((part) => part.calculation ?? '')
    .join(' + ')
    .replaceAll('+ - ', '- ');
  const possible = total(valued, (part) => part.possible);
  const isWhole = Math.abs(possible - 100) <= 1e-9;
  const result = figure(totals.score, 4);
  if (isWhole) return `${sum} = ${result}`;
  return `(${sum}) * 100 / ${figure(possible, 6)} = ${result}`;
}

/** Scores an inner node of its children's parts. Only a module (level 1) is graded, and on the lower bound. */
export function scoreInner(
  node: ModelNode,
  scored: { children: readonly NodeResult[]; parts: readonly Part[] },
  context: ScoringContext,
): NodeResult {
  const { children, parts } = scored;
  const totals = addParts(parts, context);
  const counted = children.filter((_, index) =>
    parts.some((part) => part.members.includes(index) && part.possible > 0),
  );
  const isBlocked = counted.some((child) => child.isBlocked);
  const isGradable =
    node.level === 1 &&
    totals.low !== null &&
    totals.score !== null &&
    !isBlocked &&
    isAtLeast(totals.coverage, context.model.coverageFloor);
  const grade = isGradable && totals.low !== null ? gradeOf(totals.low, context.model.grades) : null;
  return {
    node,
    observation: null,
    state: totals.score === null ? 'unscored' : totals.coverage === 1 ? 'scored' : 'partial',
    ...totals,
    input: totals.score,
    isBlocked,
    provenance: weakest(counted.filter((child) => child.coverage > 0)),
    grade,
    reason: innerReason({ node, totals, grade, isBlocked, children: counted }, context.model),
    remarks: [],
    calculation: calculationOf(parts, totals),
    children: givePoints(children, parts, context),
  };
}
