import {
  type CheckResult,
  type Evaluation,
  type QualityRun,
  ratioBound,
  type SecurityExcerpt,
  severities,
} from '../../scoring/contract.ts';
import type { ReportRegisters } from '../contract.ts';
import { type Comparison, show } from './deep-differences.ts';
import { recomputeSlos } from './recompute-slos.ts';

/** Kinds whose ratio is defined otherwise than failed / checked: how far outside, how different. */
const ownRatio: ReadonlySet<CheckResult['kind']> = new Set(['volume', 'drift']);

const dayMilliseconds = 86_400_000;

/**
 * Counts the printed figures of the registers again: ratios from their counts, verdicts from their thresholds, open findings
 * and their age from the list of findings, promises from their definitions, counts and exclusions. Nothing in them may be younger than the evaluation's cut-off.
 */
export function recomputeRegisters(
  registers: ReportRegisters | undefined,
  evaluation: Pick<Evaluation, 'asOf' | 'period'>,
  into: Comparison,
): void {
  if (!registers) return;
  const { asOf } = evaluation;
  for (const run of registers.quality) recomputeRun(run, asOf, into);
  if (registers.security) recomputeExcerpt(registers.security, asOf, into);
  if (registers.slo) recomputeSlos(registers.slo, evaluation, into);
}

function compare(where: string, [printed, recomputed]: readonly [unknown, unknown], into: Comparison): void {
  into.values += 1;
  if (printed !== recomputed)
    into.differences.push({ where, printed: show(printed), recomputed: show(recomputed) });
}

function notAfter(where: string, [at, asOf]: readonly [string, string], into: Comparison): void {
  into.values += 1;
  if (Date.parse(at) > Date.parse(asOf)) {
    into.differences.push({ where, printed: at, recomputed: `not after the cut-off ${asOf}` });
  }
}

function recomputeRun({ source, startedAt, results }: QualityRun, asOf: string, into: Comparison): void {
  const place = `registers.quality[${source.id}]`;
  notAfter(`${place}.startedAt`, [startedAt, asOf], into);
  for (const result of results) recomputeResult(`${place}.${result.check}`, result, into);
}

function recomputeResult(place: string, result: CheckResult, into: Comparison): void {
  const { state, checked, failed, ratio, isMissed, kind, threshold } = result;
  const isMeasured = state === 'measured';
  compare(`${place}.state`, [isMeasured, checked !== null && failed !== null && ratio !== null], into);
  if (checked === null || failed === null || ratio === null) return;
  if (!ownRatio.has(kind)) compare(`${place}.ratio`, [ratio, failed / checked], into);
  const bound = ratioBound(threshold);
  if (bound !== null) compare(`${place}.isMissed`, [isMissed, ratio > bound], into);
}

function recomputeExcerpt(
  { at, figures, findings, omitted }: SecurityExcerpt,
  asOf: string,
  into: Comparison,
): void {
  const place = 'registers.security';
  notAfter(`${place}.at`, [at, asOf], into);
  const { open, oldestAgeDays } = figures;
  const all = open ? severities.reduce((sum, severity) => sum + open[severity], 0) : 0;
  compare(`${place}.figures.open`, [all, findings.length + omitted], into);
  if (!open || omitted > 0) return;
  for (const severity of severities) {
    const own = findings.filter((each) => each.severity === severity);
    compare(`${place}.figures.open.${severity}`, [open[severity], own.length], into);
    const oldest = Math.max(
      0,
      ...own.map((each) => (Date.parse(at) - Date.parse(each.firstSeenAt)) / dayMilliseconds),
    );
    const printed = oldestAgeDays?.[severity] ?? 0;
    // The store counts in its own arithmetic; a ten-thousandth of a day is far below what is printed.
    const isSame = Math.abs(printed - oldest) < 1e-4;
    compare(`${place}.figures.oldestAgeDays.${severity}`, [printed, isSame ? printed : oldest], into);
  }
}
