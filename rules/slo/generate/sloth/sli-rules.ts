import { type RecordingRule, type Sli, sloLabels, sloRecords } from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { fillWindow } from '../../../promql/fill-window.ts';
import type { RuleTask } from '../rule-options.ts';
import { seriesLabels, windowsOf } from '../rule-task.ts';
import { filterOf } from '../slo-series.ts';
import { outsideQuery, sliceQuery } from '../window-query.ts';

/** The error ratio of a window. Kinds that Sloth does not know are the mean over steps, which it would call raw. */
function ratioOf(sli: Sli, window: string): string {
  switch (sli.kind) {
    case 'events':
      return `(${fillWindow(sli.errorQuery, window)})\n/\n(${fillWindow(sli.totalQuery, window)})\n`;
    case 'ratio':
      return `(${fillWindow(sli.errorRatioQuery, window)})`;
    case 'threshold':
      return `(avg_over_time((${outsideQuery(sli)})[${window}:${durationText(sli.everySeconds)}]))`;
    case 'timeSlices':
      return `(avg_over_time((${sliceQuery(sli)})[${window}:${durationText(sli.sliceSeconds)}]))`;
  }
}

/** Sloth's period ratio: the mean of the shortest window's ratios, whatever their traffic was. */
function meanOfRatios(task: RuleTask, window: string): string {
  const { shortest } = windowsOf(task);
  const series = `${sloRecords.errorRatio(shortest)}${filterOf(task.slo)}[${window}]`;
  return `sum_over_time(${series})\n/ ignoring (${sloLabels.window})\ncount_over_time(${series})\n`;
}

export function sliRules(task: RuleTask): RecordingRule[] {
  const { alerting, period } = windowsOf(task);
  const rule = (window: string, expr: string): RecordingRule => ({
    record: sloRecords.errorRatio(window),
    expr,
    labels: seriesLabels(task, { [sloLabels.window]: window }),
  });
  return [
    ...alerting.map((window) => rule(window, ratioOf(task.slo.sli, window))),
    ...(period === null ? [] : [rule(period, meanOfRatios(task, period))]),
  ];
}
