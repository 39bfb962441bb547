import {
  type ConflictResolution,
  canonicalJson,
  disputeKey,
  type ModelNode,
  type Observation,
  type ObservationState,
  type Provenance,
  provenances,
  provenanceTitles,
  type ResolvedConflict,
  type ScoreInput,
  type SourceComparison,
  type Text,
  valuedStates,
} from '../contract.ts';
import { candidateFault } from './candidate.ts';
import { percent, quantity, text } from './words.ts';

/** One leaf's evidence after its candidates were judged. */
export interface LeafEvidence {
  readonly observation: Observation;
  readonly comparison: { readonly kind: 'conflict' | 'reconciliation'; readonly of: SourceComparison } | null;
  /** The conflict that a person decided; the observation is then the candidate that counts. */
  readonly resolved?: ResolvedConflict;
}

/** The states that win when no candidate has a usable value, strongest statement first. */
const silentStates: readonly ObservationState[] = [
  'zeroBase',
  'notApplicable',
  'failed',
  'conflict',
  'stale',
  'notReported',
];

const provenanceOfState: Partial<Record<ObservationState, Provenance>> = {
  measured: 'measured',
  estimated: 'selfReported',
  submitted: 'submitted',
  selfReported: 'selfReported',
};

export function hasValue(observation: Observation): boolean {
  return valuedStates.includes(observation.state);
}

function order(a: Observation, b: Observation): number {
  const rank = (each: Observation) =>
    each.provenance ? provenances.indexOf(each.provenance) : provenances.length;
  return rank(a) - rank(b) || compareJson(a, b);
}

function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function withoutValue(
  { coverage: _, ...observation }: Observation,
  state: ObservationState,
  reason: Text,
): Observation {
  return {
    ...observation,
    state,
    value: null,
    numerator: finiteOrNull(observation.numerator),
    denominator: finiteOrNull(observation.denominator),
    provenance: null,
    reason,
  };
}

/** A candidate as it may count: impossible values become `failed` with a reason that names them. */
function judge(candidate: Observation, node: ModelNode): Observation {
  if (!hasValue(candidate)) {
    return withoutValue(candidate, candidate.state, candidate.reason ?? defaultReason(candidate.state));
  }
  const fault = candidateFault(candidate, node);
  if (fault) return withoutValue(candidate, 'failed', fault);
  return { ...candidate, provenance: candidate.provenance ?? provenanceOfState[candidate.state] ?? null };
}

function defaultReason(state: ObservationState): Text {
  const reasons: Partial<Record<ObservationState, Text>> = {
    notApplicable: text('不适用，未说明理由', 'not applicable, no reason given'),
    failed: text('采集失败，未说明原因', 'collection failed, no cause given'),
    stale: text('数据已过期', 'the figure is out of date'),
    zeroBase: text('分母为 0，没有可计算的对象', 'the denominator is 0, there is nothing to measure'),
    conflict: text('来源之间数据冲突', 'sources disagree'),
    excluded: text('经签署批准排除', 'excluded by a signed decision'),
  };
  return reasons[state] ?? text('未报送', 'not reported');
}

function notReported(node: ModelNode, input: ScoreInput): Observation {
  return {
    indicator: node.id,
    subject: input.subject.id,
    period: input.period.id,
    state: 'notReported',
    value: null,
    numerator: null,
    denominator: null,
    unit: node.unit,
    provenance: null,
    reason: text('本周期未报送', 'not reported for this period'),
    source: null,
  };
}

/** Makes one observation of a leaf's candidates, whatever their order. */
export function weighEvidence(
  node: ModelNode,
  candidates: readonly Observation[],
  input: ScoreInput,
): LeafEvidence {
  const distinct = new Map(
    candidates.map((each) => judge(each, node)).map((each) => [canonicalJson(each), each]),
  );
  const judged = [...distinct.values()].sort(order);
  const excluded = judged.find((each) => each.state === 'excluded');
  if (excluded) return { observation: excluded, comparison: null };
  const valued = judged.filter(hasValue);
  const [strongest, second] = valued;
  if (!strongest) {
    const silent = silentStates.flatMap((state) => judged.find((each) => each.state === state) ?? []);
    return { observation: silent[0] ?? notReported(node, input), comparison: null };
  }
  if (!second) return { observation: strongest, comparison: null };
  const weighed = compare(node, valued, strongest);
  return weighed.comparison?.kind === 'conflict' ? decide(node, weighed, input) : weighed;
}

/** A conflict on which a decision stands: the candidate that was chosen counts, with its own provenance. */
function decide(node: ModelNode, weighed: LeafEvidence, { resolutions = [] }: ScoreInput): LeafEvidence {
  const comparison = weighed.comparison?.of;
  if (!comparison || resolutions.length === 0) return weighed;
  const { indicator, subject, period, candidates } = comparison;
  const dispute = disputeKey(candidates);
  const [resolution] = resolutions
    .filter((each) => each.indicator === indicator && each.subject === subject && each.period === period)
    .filter((each) => each.dispute === dispute)
    .toSorted((a, b) => Date.parse(b.decidedAt) - Date.parse(a.decidedAt) || compareJson(a, b));
  const chosen = candidates.find(
    ({ value, provenance }) => value === resolution?.value && provenance === resolution.provenance,
  );
  if (!resolution || !chosen) return weighed;
  const reason = decision(node, comparison, resolution);
  return {
    observation: { ...chosen, reason },
    comparison: null,
    resolved: { comparison, resolution },
  };
}

function compareJson(a: unknown, b: unknown): number {
  const [left, right] = [canonicalJson(a), canonicalJson(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function decision(node: ModelNode, comparison: SourceComparison, resolution: ConflictResolution): Text {
  const sources = listSources(node, comparison.candidates);
  const shown = quantity(resolution.value, node.unit);
  const name = provenanceTitles[resolution.provenance];
  return text(
    `来源之间相对偏差 ${percent(comparison.relativeDifference)}（${sources.zh}），${resolution.decidedBy}裁定采用${name.zh} ${shown.zh}，理由：${resolution.reason}`,
    `the sources have a relative difference of ${percent(comparison.relativeDifference)} (${sources.en}); ${resolution.decidedBy} decided that ${name.en} ${shown.en} counts, because: ${resolution.reason}`,
  );
}

function compare(node: ModelNode, valued: readonly Observation[], strongest: Observation): LeafEvidence {
  const values = valued.map((each) => each.value ?? 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const widest = Math.max(Math.abs(low), Math.abs(high));
  const relativeDifference = widest === 0 ? 0 : (high - low) / widest;
  const tolerance = node.leaf?.tolerance ?? 0;
  const isOne = relativeDifference <= tolerance;
  const reason = isOne
    ? agreement(node, valued, tolerance)
    : disagreement(node, valued, relativeDifference, tolerance);
  const { indicator, subject, period } = strongest;
  const comparison = {
    indicator,
    subject,
    period,
    tolerance,
    relativeDifference,
    candidates: valued,
    reason,
  };
  if (isOne) {
    const provenance = strongest.provenance === 'measured' ? 'reconciled' : strongest.provenance;
    return {
      observation: { ...strongest, provenance, reason },
      comparison: { kind: 'reconciliation', of: comparison },
    };
  }
  const observation: Observation = {
    ...withoutValue(strongest, 'conflict', reason),
    numerator: null,
    denominator: null,
    source: null,
  };
  return { observation, comparison: { kind: 'conflict', of: comparison } };
}

function listSources(node: ModelNode, valued: readonly Observation[]): Text {
  const each = valued.map((observation) => {
    const shown = quantity(observation.value ?? 0, node.unit);
    const name = provenanceTitles[observation.provenance ?? 'selfReported'];
    return text(`${name.zh} ${shown.zh}`, `${name.en} ${shown.en}`);
  });
  return text(each.map((one) => one.zh).join('、'), each.map((one) => one.en).join(', '));
}

function agreement(node: ModelNode, valued: readonly Observation[], tolerance: number): Text {
  const sources = listSources(node, valued);
  return text(
    `多个来源在容差 ${percent(tolerance)} 以内一致（${sources.zh}），取证据等级最高者`,
    `the sources agree within ${percent(tolerance)} (${sources.en}); the strongest evidence counts`,
  );
}

function disagreement(
  node: ModelNode,
  valued: readonly Observation[],
  difference: number,
  tolerance: number,
): Text {
  const sources = listSources(node, valued);
  return text(
    `来源之间相对偏差 ${percent(difference)}，超出容差 ${percent(tolerance)}（${sources.zh}），核实之前不采用任何一个`,
    `the sources have a relative difference of ${percent(difference)}, beyond ${percent(tolerance)} (${sources.en}); none counts until this is resolved`,
  );
}
