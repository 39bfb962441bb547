import { type RecordingRule, type Sli, sloLabels, sloRecords } from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { numbersOf } from '../../../promql/fill-window.ts';
import type { RuleTask } from '../rule-options.ts';
import { seriesLabels } from '../rule-task.ts';
import { filterOf } from '../slo-series.ts';
import { outsideQuery, sliceQuery } from '../window-query.ts';
import { nativePolicy } from './policy.ts';

/** SLIs that are judged step by step. */
type SampledSli = Extract<Sli, { kind: 'threshold' | 'timeSlices' }>;

export const isSampled = (sli: Sli): sli is SampledSli =>
  sli.kind === 'threshold' || sli.kind === 'timeSlices';

const stepOf = (sli: SampledSli) => (sli.kind === 'threshold' ? sli.everySeconds : sli.sliceSeconds);

/** Seconds between two judgements: the step, or less where steps are long. */
const judgedEvery = (sli: SampledSli) => Math.min(stepOf(sli), nativePolicy.longestStepSeconds);

/** Judgements that stand for one step. */
export const judgementsPerStep = (sli: SampledSli) => stepOf(sli) / judgedEvery(sli);

export const stepWindow = (sli: SampledSli) => durationText(judgedEvery(sli));

/** Bad and all steps as 0 and 1 (of a threshold: of every series), the weights of all longer windows. */
export function stepRules(task: RuleTask, sli: SampledSli): RecordingRule[] {
  const window = stepWindow(sli);
  const labels = seriesLabels(task, { [sloLabels.window]: window });
  const [bad, all] = [sloRecords.errorRate(window), sloRecords.totalRate(window)];
  const [badQuery, allQuery] =
    sli.kind === 'threshold'
      ? [`sum(${outsideQuery(sli)})`, `count(${numbersOf(sli.query)})`]
      : [`avg(${sliceQuery(sli)})`, `${bad}${filterOf(task.slo)} * 0 + 1`];
  return [
    { record: bad, expr: badQuery, labels },
    { record: all, expr: allQuery, labels },
  ];
}
