import { type RecordingRule, type SloFormat, sloLabels, sloRecords } from '../../../contract.ts';
import { goNumber } from '../go-number.ts';
import type { RuleTask } from '../rule-options.ts';
import { seriesLabels, windowsOf } from '../rule-task.ts';
import { filterOf, sortedLabels } from '../slo-series.ts';

/** What `sloth_slo_info` says of where an SLO was read from. */
const origins: Readonly<Record<SloFormat, { readonly mode: string; readonly spec: string }>> = {
  'prometheus/v1': { mode: 'cli-gen-prom', spec: 'prometheus/v1' },
  'sloth/k8s': { mode: 'cli-gen-k8s', spec: 'sloth.slok.dev/v1' },
  'openslo/v1alpha': { mode: 'cli-gen-openslo', spec: 'openslo/v1alpha' },
  'openslo/v1': { mode: 'cli-gen-openslo', spec: 'openslo/v1' },
  'citygauge/slo@1': { mode: 'cli-gen-prom', spec: 'citygauge/slo@1' },
};

const matching = `/ on(${sloLabels.id}, ${sloLabels.slo}, ${sloLabels.service}) group_left`;

/** Objective, budget, burn and what the SLO is; without the period's for calendar periods. */
export function infoRules(task: RuleTask): RecordingRule[] {
  const { slo, version } = task;
  const { shortest, period } = windowsOf(task);
  const filter = filterOf(slo);
  const labels = seriesLabels(task);
  const objective = goNumber(slo.objectivePercent / 100);
  const burn = (window: string) =>
    `${sloRecords.errorRatio(window)}${filter}\n${matching}\n${sloRecords.errorBudget}${filter}\n`;
  const rule = (record: string, expr: string): RecordingRule => ({ record, expr, labels });
  const { mode, spec } = origins[slo.source.format];
  const info = {
    sloth_mode: mode,
    sloth_objective: String(slo.objectivePercent),
    sloth_spec: spec,
    sloth_version: version,
  };
  return [
    rule(sloRecords.objective, `vector(${objective})`),
    rule(sloRecords.errorBudget, `vector(1-${objective})`),
    ...(slo.period.kind === 'rolling' ? [rule(sloRecords.periodDays, `vector(${slo.period.days})`)] : []),
    rule(sloRecords.currentBurn, burn(shortest)),
    ...(period === null
      ? []
      : [
          rule(sloRecords.periodBurn, burn(period)),
          rule(sloRecords.budgetLeft, `1 - ${sloRecords.periodBurn}${filter}`),
        ]),
    { record: sloRecords.info, expr: 'vector(1)', labels: sortedLabels(labels, info) },
  ];
}
