import { type AlertingRule, type RuleTest, sloLabels } from '../../../contract.ts';
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

/** Alerts of an SLO as its test meets them. */
export interface TestedAlerts {
  /** Rules of one alert name. */
  readonly rules: readonly AlertingRule[];
  /** Labels of the recorded series that they are made of, `sloth_window` left out. */
  readonly seriesLabels: Labels;
  /** True where other SLOs in the rule file have alerts of that name. */
  readonly isShared: boolean;
}

/** Checks by the series `ALERTS` of the SLO alone, whatever the texts of the alert depend on and others of its name do. */
function stateChecks({ rules, seriesLabels }: TestedAlerts, checks: readonly Check[]): Partial<RuleTest> {
  const [rule] = rules;
  const id = rule?.labels?.[sloLabels.id] ?? seriesLabels[sloLabels.id] ?? '';
  const matchers = { alertname: rule?.alert ?? '', alertstate: 'firing', [sloLabels.id]: id };
  const expr = `count(${seriesText('ALERTS', matchers)})`;
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

/** Checks of the alerts of one name: their labels and texts, or else how many fire. */
export function checksOf(
  alerts: TestedAlerts,
  checks: readonly Check[],
): Pick<RuleTest, 'alert_rule_test' | 'promql_expr_test'> {
  const { rules, seriesLabels, isShared } = alerts;
  const alertname = rules[0]?.alert ?? '';
  const arePlain = rules.every(({ labels, annotations }) => isPlain(labels) && isPlain(annotations));
  if (isShared || !arePlain) return { alert_rule_test: [], ...stateChecks(alerts, checks) };
  return {
    alert_rule_test: checks.map((check) => ({
      eval_time: timeOf(check),
      alertname,
      exp_alerts: check.firing.map((rule) => expected(rule, seriesLabels)),
    })),
  };
}
