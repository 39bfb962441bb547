import { type RecordingRule, sloLabels, sloRecords } from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { fillWindow } from '../../../promql/fill-window.ts';
import type { RuleTask } from '../rule-options.ts';
import { seriesLabels } from '../rule-task.ts';
import { filterOf } from '../slo-series.ts';
import { errorsOf } from '../window-query.ts';
import { baseWindow, nativeWindows } from './native-windows.ts';
import { isSampled, stepRules } from './sampled-rules.ts';

/** Sum of the recorded base rates over a window: every event weighs the same, however traffic went. */
const sumOf = (task: RuleTask, record: (window: string) => string, window: string) =>
  `sum(sum_over_time(${record(baseWindow(task))}${filterOf(task.slo)}[${window}]))`;

/** Bad over all; nothing where nothing happened, for a quiet window is neither good nor bad. */
const ratioOf = (errors: string, total: string) => `${errors}\n/\n(${total} > 0)`;

/** The ratio of the rolling period, weighted by the events of its base windows; the mean where the ratio is all there is. */
export function periodRatio(task: RuleTask, window: string): string {
  if (task.slo.sli.kind === 'ratio')
    return `avg_over_time(${sloRecords.errorRatio(baseWindow(task))}${filterOf(task.slo)}[${window}])`;
  return ratioOf(sumOf(task, sloRecords.errorRate, window), sumOf(task, sloRecords.totalRate, window));
}

/** Bad and all of a window, the total recorded first. */
function weightedRules(task: RuleTask, window: string): RecordingRule[] {
  const { slo } = task;
  const { sli } = slo;
  const labels = seriesLabels(task, { [sloLabels.window]: window });
  const rule = (record: string, expr: string): RecordingRule => ({ record, expr, labels });
  const recorded = (record: string) => `sum(${record}${filterOf(slo)})`;
  const total = recorded(sloRecords.totalRate(window));
  if (sli.kind !== 'events') {
    const [bad, all] = [sloRecords.errorRate, sloRecords.totalRate].map((of) => sumOf(task, of, window));
    return [
      rule(sloRecords.totalRate(window), all ?? ''),
      rule(sloRecords.errorRatio(window), ratioOf(bad ?? '', total)),
    ];
  }
  const errors = errorsOf(fillWindow(sli.errorQuery, window), fillWindow(sli.totalQuery, window));
  const isBase = window === baseWindow(task);
  return [
    rule(sloRecords.totalRate(window), `sum(${fillWindow(sli.totalQuery, window)})`),
    ...(isBase ? [rule(sloRecords.errorRate(window), errors)] : []),
    rule(
      sloRecords.errorRatio(window),
      ratioOf(isBase ? recorded(sloRecords.errorRate(window)) : errors, total),
    ),
  ];
}

/** The error ratio of each alert window with the total that it is a part of. */
export function windowRules(task: RuleTask): RecordingRule[] {
  const { sli } = task.slo;
  const windows = nativeWindows(task).map(durationText);
  if (sli.kind === 'ratio')
    return windows.map((window) => ({
      record: sloRecords.errorRatio(window),
      expr: `clamp_min(${fillWindow(sli.errorRatioQuery, window)}, 0) >= 0`,
      labels: seriesLabels(task, { [sloLabels.window]: window }),
    }));
  return [
    ...(isSampled(sli) ? stepRules(task, sli) : []),
    ...windows.flatMap((window) => weightedRules(task, window)),
  ];
}
