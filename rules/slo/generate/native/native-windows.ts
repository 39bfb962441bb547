import type { AlertSeverity, AlertWindow, Sli } from '../../../contract.ts';
import { burnFactor } from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { windowSecondsOf } from '../../windows/catalogue-for.ts';
import type { RuleTask } from '../rule-options.ts';
import { decimal, nativePolicy } from './policy.ts';
import { isSampled, stepWindow } from './sampled-rules.ts';

/** Seconds between two samples of what the SLI is made of, as far as the spec tells. */
function cadenceOf(sli: Sli): number {
  if (sli.kind === 'timeSlices') return sli.sliceSeconds;
  if (sli.kind === 'threshold') return sli.everySeconds;
  return sli.measure?.measure.everySeconds ?? nativePolicy.longestStepSeconds;
}

/** Windows that are long enough for the cadence of the source, the shortest first; never none. */
export function nativeWindows({ slo, catalogue }: RuleTask): readonly number[] {
  const all = windowSecondsOf(catalogue);
  const least = nativePolicy.samplesInWindow * cadenceOf(slo.sli);
  const enough = all.filter((seconds) => seconds >= least);
  return enough.length > 0 ? enough : all.slice(-1);
}

/** One of the two conditions of an alert. */
export interface Tier {
  /** One length where the cadence makes both windows the same. */
  readonly windows: readonly number[];
  readonly longSeconds: number;
  readonly factor: number;
  /** Error ratio above which it burns, 0..1. */
  readonly limit: number;
}

/** What the objective leaves, 0..1. */
export const budgetRatioOf = ({ slo }: RuleTask) => decimal(1 - slo.objectivePercent / 100);

/** Tiers of an alert that can fire at all: a limit of 1 and more is above any error ratio. */
export function tiersOfAlert(task: RuleTask, severity: AlertSeverity): readonly Tier[] {
  const lengths = nativeWindows(task);
  const [shortest = 0] = lengths;
  const { quick, slow } = task.catalogue[severity];
  const tier = (window: AlertWindow): Tier => {
    const [short, long] = [window.shortSeconds, window.longSeconds].map((each) => Math.max(each, shortest));
    const factor = decimal(burnFactor(task.catalogue, window));
    return {
      windows: [...new Set([short ?? 0, long ?? 0])],
      longSeconds: long ?? 0,
      factor,
      limit: decimal(factor * budgetRatioOf(task)),
    };
  };
  return [tier(quick), tier(slow)].filter(({ limit }) => limit < 1);
}

/** The window whose recorded bad and total rates the period is summed from: the step of SLIs that are judged by steps. */
export function baseWindow(task: RuleTask): string {
  const { sli } = task.slo;
  return isSampled(sli) ? stepWindow(sli) : durationText(nativeWindows(task)[0] ?? 0);
}
