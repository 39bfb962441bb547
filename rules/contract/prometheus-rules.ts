type Labels = Readonly<Record<string, string>>;

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Labels;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** `5m`. */
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

/** In the shape of a Prometheus rule file: keys are written in the order given. */
export interface RuleGroup {
  readonly name: string;
  /** `30s`; the server's own when absent. */
  readonly interval?: string;
  readonly rules: readonly (RecordingRule | AlertingRule)[];
}

export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

/** Where a rule of the installation comes from, for the rule browser. */
export interface RuleOrigin {
  readonly kind: 'slo' | 'threshold' | 'suite';
  /** Id of the SLO or threshold; name of the group for rules of the suite. */
  readonly id: string;
}

export interface InstalledRules {
  /** File name without folder, `slo-citygauge-web.rules.yaml`. */
  readonly file: string;
  readonly origin: RuleOrigin;
  readonly groups: readonly RuleGroup[];
}

/** In the shape of a promtool test file. */
export interface RuleTestFile {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: string;
  readonly tests: readonly RuleTest[];
}

export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly {
    readonly eval_time: string;
    readonly alertname: string;
    readonly exp_alerts: readonly { readonly exp_labels: Labels; readonly exp_annotations?: Labels }[];
  }[];
  /** For what alerts cannot say, such as one whose annotations hold values. */
  readonly promql_expr_test?: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}
