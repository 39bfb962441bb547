import { type CheckResult, checkKindSpecs, type Text } from '../../contract.ts';
import type { CheckSpec } from '../check-file/check-spec.ts';
import type { Finding } from '../checks/check.ts';
import { nothingToCheck } from '../checks/nothing-to-check.ts';
import type { FaultWords } from './fault-words.ts';
import { isMissed, ratioOf, thresholdOf } from './threshold.ts';

type Result = CheckResult;

const frame = (spec: CheckSpec) =>
  ({
    check: spec.id,
    title: spec.title,
    kind: spec.kind,
    columns: spec.columns,
    problem: spec.problem,
    dimension: spec.dimension,
    weight: spec.weight,
    threshold: thresholdOf(spec),
    sample: null,
  }) satisfies Partial<Result>;

const unknown = { checked: null, failed: null, ratio: null, figure: null, isMissed: null } as const;

/** A finding with its threshold; its sample is put in later. */
export function resultOf(spec: CheckSpec, found: Finding, sql: readonly string[]): Result {
  const finding = found.state === 'measured' && found.checked === 0 ? nothingToCheck : found;
  const memory = finding.memory ?? null;
  if (finding.state === 'notApplicable') {
    const { state, reason } = finding;
    return { ...frame(spec), ...unknown, state, sql, memory, reason, remedy: null };
  }
  const { state, checked, failed, figure = null } = finding;
  const ratio = ratioOf(finding);
  const missed = isMissed(spec, finding);
  const rest = { memory, reason: null, remedy: null };
  return { ...frame(spec), state, checked, failed, ratio, figure, isMissed: missed, sql, ...rest };
}

export function failedResult(
  spec: CheckSpec,
  { reason, remedy }: FaultWords,
  sql: readonly string[],
): Result {
  return { ...frame(spec), ...unknown, state: 'failed', sql, memory: null, reason, remedy };
}

const title: Text = { zh: '数据源可读取', en: 'Source can be read' };

/** Whether the source could be read: every source is asked. */
export function accessResult(fault: FaultWords | null, sql: readonly string[]): Result {
  const { problem, dimension } = checkKindSpecs.access;
  const failed = fault === null ? 0 : 1;
  return {
    check: 'access',
    title,
    kind: 'access',
    columns: [],
    problem,
    dimension,
    weight: 1,
    state: 'measured',
    checked: 1,
    failed,
    ratio: failed,
    figure: null,
    threshold: 'ratio <= 0',
    isMissed: fault !== null,
    sql,
    sample: null,
    memory: null,
    reason: fault?.reason ?? null,
    remedy: fault?.remedy ?? null,
  };
}
