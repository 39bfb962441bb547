import { durationText } from '../../runner/settings/duration.ts';
import type { CheckSpec } from '../check-file/check-spec.ts';
import type { Finding } from '../checks/check.ts';

type Measured = Extract<Finding, { state: 'measured' }>;

/** What is still good, in the form that `thresholdText` of the contract says in words. */
export function thresholdOf(spec: CheckSpec): string {
  switch (spec.kind) {
    case 'freshness':
      return spec.newestSeconds === null
        ? `ratio <= ${spec.max}`
        : `age <= ${durationText(spec.newestSeconds)}`;
    case 'drift':
      return `psi <= ${spec.max}`;
    case 'volume':
      return volumeText(spec);
    default:
      return `ratio <= ${spec.max}`;
  }
}

function volumeText({ rows: { min, max }, history }: Extract<CheckSpec, { kind: 'volume' }>): string {
  if (history) return `rows within ${history.tolerance} of the median of ${history.runs} runs`;
  const parts = [...(min === null ? [] : [`rows >= ${min}`]), ...(max === null ? [] : [`rows <= ${max}`])];
  return parts.join(', ');
}

export function ratioOf({ ratio, failed, checked }: Measured): number {
  return ratio ?? failed / checked;
}

/** A drift is judged by its index, everything else by the share that failed. */
export function isMissed(spec: CheckSpec, finding: Measured): boolean {
  if (spec.kind === 'drift') return (finding.figure?.value ?? 0) > spec.max;
  return ratioOf(finding) > spec.max;
}
