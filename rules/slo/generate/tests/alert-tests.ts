import { type AlertingRule, quotePromql, type RuleTest } from '../../../contract.ts';

type Labels = Readonly<Record<string, string>>;

/** A scene of an alert: series as they come in, and the minutes at which it must be silent or firing. */
export interface Scene {
  readonly name: string;
  /** Series -> promtool's notation of its values, one a minute. */
  readonly series: readonly (readonly [series: string, values: string])[];
  readonly silentAt: readonly number[];
  readonly firingAt: readonly number[];
}

/** `name{a="b"}` of a metric and its labels. */
export function seriesText(metric: string, labels: Labels): string {
  const parts = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${quotePromql(value)}`);
  return `${metric}{${parts.join(', ')}}`;
}

const template = /\{\{(?:"\{\{"|\s*\$labels\.(\w+)\s*)\}\}/g;

/** Texts with the labels filled in; null where one has more of a template than that. */
function filled(texts: Labels | undefined, labels: Labels): Labels | null {
  const entries = Object.entries(texts ?? {});
  const isKnown = entries.every(([, text]) => !text.replace(template, '').includes('{{'));
  if (!isKnown) return null;
  return Object.fromEntries(
    entries.map(([key, text]) => [
      key,
      text.replace(template, (_, name: string | undefined) => (name === undefined ? '{{' : (labels[name] ?? ''))),
    ]),
  );
}

const minute = (at: number) => `${at}m`;

/** Checks by the series `ALERTS`, for alerts whose texts depend on more than labels. */
function stateTests(rule: AlertingRule, scene: Scene, identity: Labels): Partial<RuleTest> {
  const own = Object.fromEntries(
    Object.entries({ ...identity, ...rule.labels }).filter(([, value]) => !value.includes('{{')),
  );
  const expr = `count(${seriesText('ALERTS', { alertname: rule.alert, alertstate: 'firing', ...own })})`;
  const at = (time: number, exp_samples: { labels: string; value: number }[]) => ({
    expr,
    eval_time: minute(time),
    exp_samples,
  });
  return {
    promql_expr_test: [
      ...scene.silentAt.map((time) => at(time, [])),
      ...scene.firingAt.map((time) => at(time, [{ labels: '{}', value: 1 }])),
    ],
  };
}

/** A promtool test of an alert whose series bear the labels given, `sloth_window` left out. */
export function testOf(rule: AlertingRule, scene: Scene, seriesLabels: Labels): RuleTest {
  const head = {
    name: scene.name,
    interval: '1m',
    input_series: scene.series.map(([series, values]) => ({ series, values })),
  };
  const labels = filled(rule.labels, seriesLabels);
  const all = { ...seriesLabels, ...labels };
  const annotations = filled(rule.annotations, all);
  if (labels === null || annotations === null)
    return { ...head, alert_rule_test: [], ...stateTests(rule, scene, seriesLabels) };
  const exp_labels = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  const at = (time: number, exp_alerts: RuleTest['alert_rule_test'][number]['exp_alerts']) => ({
    eval_time: minute(time),
    alertname: rule.alert,
    exp_alerts,
  });
  return {
    ...head,
    alert_rule_test: [
      ...scene.silentAt.map((time) => at(time, [])),
      ...scene.firingAt.map((time) => at(time, [{ exp_labels, exp_annotations: annotations }])),
    ],
  };
}
