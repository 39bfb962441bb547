import { type RecordingRule, sloLabels, sloRecords } from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import type { RuleTask } from '../rule-options.ts';
import { seriesLabels, windowsOf } from '../rule-task.ts';
import { filterOf, sortedLabels } from '../slo-series.ts';
import { budgetRatioOf, nativeWindows } from './native-windows.ts';
import { decimal } from './policy.ts';
import { periodRatio } from './window-rules.ts';

const matching = `/ on(${sloLabels.id}, ${sloLabels.slo}, ${sloLabels.service}) group_left`;

function burnRate(task: RuleTask, window: string): string {
  const filter = filterOf(task.slo);
  return `${sloRecords.errorRatio(window)}${filter}\n${matching}\n${sloRecords.errorBudget}${filter}`;
}

/** Objective, budget, burn now, and what the SLO is. */
export function infoRules(task: RuleTask): RecordingRule[] {
  const { slo, version } = task;
  const labels = seriesLabels(task);
  const rule = (record: string, expr: string): RecordingRule => ({ record, expr, labels });
  const info = {
    sloth_mode: 'citygauge',
    sloth_objective: String(slo.objectivePercent),
    sloth_spec: slo.source.format,
    ...(version !== '' && { sloth_version: version }),
  };
  return [
    rule(sloRecords.objective, `vector(${decimal(slo.objectivePercent / 100)})`),
    rule(sloRecords.errorBudget, `vector(${budgetRatioOf(task)})`),
    ...(slo.period.kind === 'rolling' ? [rule(sloRecords.periodDays, `vector(${slo.period.days})`)] : []),
    rule(sloRecords.currentBurn, burnRate(task, durationText(nativeWindows(task)[0] ?? 0))),
    { record: sloRecords.info, expr: 'vector(1)', labels: sortedLabels(labels, info) },
  ];
}

/** Ratio, burn and budget left of a rolling period. A calendar period has none: no fixed window begins with the month. */
export function periodRules(task: RuleTask): RecordingRule[] {
  const { period } = windowsOf(task);
  if (period === null) return [];
  const labels = seriesLabels(task);
  return [
    {
      record: sloRecords.errorRatio(period),
      expr: periodRatio(task, period),
      labels: seriesLabels(task, { [sloLabels.window]: period }),
    },
    { record: sloRecords.periodBurn, expr: burnRate(task, period), labels },
    { record: sloRecords.budgetLeft, expr: `1 - ${sloRecords.periodBurn}${filterOf(task.slo)}`, labels },
  ];
}
