import type { AlertingRule, RuleGroup, RuleTest } from './contract.ts';
import { collectorAlerts } from './suite/collectors.ts';
import { evaluationAlerts } from './suite/evaluations.ts';
import { evidenceAlerts } from './suite/evidence.ts';
import { outputAlerts } from './suite/outputs.ts';
import { processAlerts } from './suite/process.ts';
import { promiseAlerts } from './suite/promises.ts';
import {
  type Scene,
  type SuiteAlert,
  type SuiteGroup,
  type SuiteSettings,
  suiteDefaults,
} from './suite/suite-alert.ts';

export { type SuiteSettings, suiteDefaults } from './suite/suite-alert.ts';

/** In the order in which they are written. */
const groups: readonly SuiteGroup[] = [
  processAlerts,
  collectorAlerts,
  outputAlerts,
  evidenceAlerts,
  evaluationAlerts,
  promiseAlerts,
];

/** Names of the suite's alerts; each has a runbook of that name. */
export const suiteAlertNames: readonly string[] = groups.flatMap(({ alerts }) =>
  alerts.map(({ name }) => name),
);

function annotationsOf(
  { name, summary }: SuiteAlert,
  { runbooks }: SuiteSettings,
  fill: (label: string) => string,
) {
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, label: string) => fill(label));
  return {
    summary: filled(summary.en),
    summary_zh: filled(summary.zh),
    runbook_url: `${runbooks}${name}.md`,
  };
}

function ruleOf(alert: SuiteAlert, settings: SuiteSettings): AlertingRule {
  return {
    alert: alert.name,
    expr: alert.expression(settings),
    ...(alert.forMinutes > 0 && { for: `${alert.forMinutes}m` }),
    labels: { severity: alert.severity },
    annotations: annotationsOf(alert, settings, (label) => `{{ $labels.${label} }}`),
  };
}

/** The rules about CityGauge itself. */
export function suiteGroups(settings: SuiteSettings = suiteDefaults): RuleGroup[] {
  return groups.map(({ name, alerts }) => ({ name, rules: alerts.map((alert) => ruleOf(alert, settings)) }));
}

function testOf(alert: SuiteAlert, scene: Scene, settings: SuiteSettings): RuleTest {
  const at = (minute: number, exp_alerts: RuleTest['alert_rule_test'][number]['exp_alerts']) => ({
    eval_time: `${minute}m`,
    alertname: alert.name,
    exp_alerts,
  });
  const silent = scene.silentAt.map((minute) => at(minute, []));
  const { fires } = scene;
  const firing = fires && {
    exp_labels: { ...fires.labels, severity: alert.severity },
    exp_annotations: annotationsOf(alert, settings, (label) => fires.labels[label] ?? ''),
  };
  return {
    name: `${alert.name}: ${scene.name}`,
    interval: '1m',
    input_series: Object.entries(scene.series).map(([series, values]) => ({ series, values })),
    alert_rule_test: [...silent, ...(fires && firing ? [at(fires.at, [firing])] : [])],
  };
}

/** promtool tests of every alert of the suite: silent before it fires, silent where all is well. */
export function suiteTests(settings: SuiteSettings = suiteDefaults): RuleTest[] {
  return groups.flatMap(({ alerts }) =>
    alerts.flatMap((alert) => alert.scenes.map((scene) => testOf(alert, scene, settings))),
  );
}
