import type { AlertingRule, RuleTest } from '../../../contract.ts';
import { matchersOf } from '../slo-series.ts';

type Labels = Readonly<Record<string, string>>;

/** What is asked of one alert name at one minute of a test. */
export interface Check {
  readonly minute: number;
  /** Rules of that name that fire then. */
  readonly firing: readonly AlertingRule[];
}

/** `name{a="b"}` of a metric and its labels. */
export const seriesText = (metric: string, labels: Labels) =>
  `${metric}${matchersOf(Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')))}`;

const template = /\{\{(?:"\{\{"|\s*\$labels\.(\w+)\s*)\}\}/g;

const isPlain = (texts: Labels | undefined) =>
  Object.values(texts ?? {}).every((text) => !text.replace(template, '').includes('{{'));

const filled = (texts: Labels | undefined, labels: Labels) =>
  Object.fromEntries(
    Object.entries(texts ?? {}).map(([key, text]) => [
      key,
      text.replace(template, (_, name: string | undefined) =>
        name === undefined ? '{{' : (labels[name] ?? ''),
      ),
    ]),
  );

const timeOf = ({ minute }: Check) => `${minute}m`;

/** Checks by the series `ALERTS`, for alerts whose texts depend on more than labels. */
function stateChecks(alert: string, checks: readonly Check[], seriesLabels: Labels): Partial<RuleTest> {
  const expr = `count(${seriesText('ALERTS', { alertname: alert, alertstate: 'firing', ...seriesLabels })})`;
  return {
    promql_expr_test: checks.map((check) => ({
      expr,
      eval_time: timeOf(check),
      exp_samples: check.firing.length === 0 ? [] : [{ labels: '{}', value: check.firing.length }],
    })),
  };
}

function expected(rule: AlertingRule, seriesLabels: Labels) {
  const all = { ...seriesLabels, ...filled(rule.labels, seriesLabels) };
  return {
    exp_labels: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
    exp_annotations: filled(rule.annotations, all),
  };
}

/** Checks of the alerts of one name, whose series bear the labels given, `sloth_window` left out. */
export function checksOf(
  rules: readonly AlertingRule[],
  checks: readonly Check[],
  seriesLabels: Labels,
): Pick<RuleTest, 'alert_rule_test' | 'promql_expr_test'> {
  const alertname = rules[0]?.alert ?? '';
  const arePlain = rules.every(({ labels, annotations }) => isPlain(labels) && isPlain(annotations));
  if (!arePlain) return { alert_rule_test: [], ...stateChecks(alertname, checks, seriesLabels) };
  return {
    alert_rule_test: checks.map((check) => ({
      eval_time: timeOf(check),
      alertname,
      exp_alerts: check.firing.map((rule) => expected(rule, seriesLabels)),
    })),
  };
}
