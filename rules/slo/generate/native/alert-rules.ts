import {
  type AlertingRule,
  type AlertSettings,
  type AlertSeverity,
  alertSeverities,
  sloLabels,
  sloRecords,
} from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { isPerSecond } from '../../../promql/per-second.ts';
import type { RuleTask } from '../rule-options.ts';
import { seriesLabels } from '../rule-task.ts';
import { filterOf, idLabelsOf, matchersOf, sortedLabels } from '../slo-series.ts';
import { baseWindow, budgetRatioOf, type Tier, tiersOfAlert } from './native-windows.ts';
import { decimal, nativePolicy } from './policy.ts';
import { isSampled, judgementsPerStep } from './sampled-rules.ts';

/** The recorded total that the guard's number of events makes in a window. */
export function guardLimit({ slo }: RuleTask, windowSeconds: number): number {
  const { sli, minimumEvents } = slo;
  if (isSampled(sli)) return decimal(minimumEvents * judgementsPerStep(sli));
  const isRate = sli.kind === 'events' && isPerSecond(sli.totalQuery);
  return decimal(isRate ? minimumEvents / windowSeconds : minimumEvents);
}

function tierExpression(task: RuleTask, tier: Tier): string {
  const { slo } = task;
  const filter = filterOf(slo);
  const limit = `(${tier.factor} * ${budgetRatioOf(task)})`;
  const without = `without (${sloLabels.window})`;
  const conditions = tier.windows.map(
    (seconds) => `max(${sloRecords.errorRatio(durationText(seconds))}${filter} > ${limit}) ${without}`,
  );
  if (slo.minimumEvents > 0) {
    const total = `${sloRecords.totalRate(durationText(tier.longSeconds))}${filter}`;
    conditions.push(`max(${total} >= ${guardLimit(task, tier.longSeconds)}) ${without}`);
  }
  return `(\n${conditions.map((each) => `    ${each}\n`).join('    and\n')})`;
}

/** Text of a spec within a template of Go: its braces are none of ours. */
const literal = (text: string) => text.replaceAll('{{', '{{"{{"}}');

const named = `{{ $labels.${sloLabels.service} }} {{ $labels.${sloLabels.slo} }}`;

function annotationsOf(
  { slo }: RuleTask,
  own: Readonly<Record<string, string>>,
  settings: AlertSettings,
): Readonly<Record<string, string>> {
  const { alerting, description, title } = slo;
  const texts = {
    ...own,
    ...(description !== '' && { description: literal(description) }),
    slo_title: literal(title.en),
    slo_title_zh: literal(title.zh),
    ...(alerting.runbook !== null && { runbook_url: alerting.runbook }),
  };
  return sortedLabels(texts, alerting.annotations, settings.annotations);
}

/** The SLO's own labels are told twice, by the series and here, so that alerts of one name are no duplicates of each other. */
const labelsOf = ({ slo }: RuleTask, severity: AlertSeverity, settings: AlertSettings) =>
  sortedLabels(idLabelsOf(slo), { [sloLabels.severity]: severity }, slo.alerting.labels, settings.labels);

function burnAlert(task: RuleTask, severity: AlertSeverity): AlertingRule[] {
  const { alerting } = task.slo;
  const settings = alerting[severity];
  const tiers = tiersOfAlert(task, severity);
  if (settings === null || tiers.length === 0) return [];
  const own = {
    summary: `(${severity}) ${named}: the error budget burns too fast.`,
    summary_zh: `（${severity === 'page' ? '紧急' : '工单'}）${named}：错误预算消耗过快。`,
  };
  return [
    {
      alert: alerting.name,
      expr: tiers.map((tier) => tierExpression(task, tier)).join('\nor\n'),
      labels: labelsOf(task, severity, settings),
      annotations: annotationsOf(task, own, settings),
    },
  ];
}

/** Name of the alert that tells that nothing is known of the SLO. */
export const absentName = (name: string) => `${name}NoData`;

/** Blind is worse than bad, and goes where tickets go; where only pages go, to them. */
function absentAlert(task: RuleTask): AlertingRule[] {
  const { alerting, sli } = task.slo;
  const severity = alerting.ticket ? 'ticket' : 'page';
  const settings = alerting[severity];
  if (settings === null) return [];
  const record = sli.kind === 'ratio' ? sloRecords.errorRatio : sloRecords.totalRate;
  const own = {
    summary: `${named}: no data, neither good nor bad is known.`,
    summary_zh: `${named}：无数据，无法判断服务好坏。`,
  };
  return [
    {
      alert: absentName(alerting.name),
      // What is absent has the labels that it is asked with: the alert inherits them as the others do.
      expr: `absent(${record(baseWindow(task))}${matchersOf(seriesLabels(task))})`,
      for: nativePolicy.absentFor,
      labels: labelsOf(task, severity, settings),
      annotations: annotationsOf(task, own, settings),
    },
  ];
}

/** One page, one ticket, and one for silence. */
export const alertRules = (task: RuleTask): AlertingRule[] => [
  ...alertSeverities.flatMap((severity) => burnAlert(task, severity)),
  ...absentAlert(task),
];
