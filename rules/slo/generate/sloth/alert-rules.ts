import {
  type AlertingRule,
  type AlertSeverity,
  type AlertWindow,
  alertSeverities,
  burnFactor,
  sloLabels,
  sloRecords,
} from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { goNumber } from '../go-number.ts';
import type { RuleTask } from '../rule-options.ts';
import { filterOf, sortedLabels } from '../slo-series.ts';

function tierExpression({ slo, catalogue }: RuleTask, window: AlertWindow): string {
  const limit = `${goNumber(burnFactor(catalogue, window))} * ${goNumber((100 - slo.objectivePercent) / 100)}`;
  const burns = (seconds: number) =>
    `    max(${sloRecords.errorRatio(durationText(seconds))}${filterOf(slo)} > (${limit})) without (${sloLabels.window})\n`;
  return `(\n${burns(window.shortSeconds)}    and\n${burns(window.longSeconds)})\n`;
}

const named = `{{$labels.${sloLabels.service}}} {{$labels.${sloLabels.slo}}}`;

function alertRule(task: RuleTask, severity: AlertSeverity): AlertingRule[] {
  const { alerting } = task.slo;
  const settings = alerting[severity];
  if (settings === null) return [];
  const { quick, slow } = task.catalogue[severity];
  const annotations = {
    summary: `${named} SLO error budget burn rate is over expected.`,
    title: `(${severity}) ${named} SLO error budget burn rate is too fast.`,
  };
  return [
    {
      alert: alerting.name,
      expr: `${tierExpression(task, quick)}or\n${tierExpression(task, slow)}`,
      labels: sortedLabels({ [sloLabels.severity]: severity }, alerting.labels, settings.labels),
      annotations: sortedLabels(annotations, alerting.annotations, settings.annotations),
    },
  ];
}

export const alertRules = (task: RuleTask): AlertingRule[] =>
  alertSeverities.flatMap((severity) => alertRule(task, severity));
