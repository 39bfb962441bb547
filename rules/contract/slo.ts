import type { MetricMeasure, Text } from '../../scoring/contract.ts';

/** What `{{.window}}` stands for in a query: the range of the rule that is made of it, `5m`. */
export const windowPlaceholder = /\{\{\s*\.window\s*\}\}/g;

export const sloFormats = [
  'citygauge/slo@1',
  'openslo/v1',
  'openslo/v1alpha',
  'prometheus/v1',
  'sloth/k8s',
] as const;
export type SloFormat = (typeof sloFormats)[number];

export const calendarUnits = ['month', 'quarter', 'year'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/** The time over which the promise is kept: the last so many days, or a calendar period in a zone. */
export type SloPeriod =
  | { readonly kind: 'rolling'; readonly days: number }
  | { readonly kind: 'calendar'; readonly unit: CalendarUnit; readonly timeZone: string };

/**
 * How good and bad are told apart (SLI). Queries are PromQL with `{{.window}}` where a range is due, each a single value.
 * `measure` is the same figure over the embedded readings, which know no PromQL; null where it was written as PromQL.
 */
export type Sli =
  /** Two queries in the same unit: events per second, or events of the window. */
  | {
      readonly kind: 'events';
      readonly errorQuery: string;
      readonly totalQuery: string;
      readonly measure: SloMeasure | null;
    }
  /** A query that is the error ratio already, 0..1. */
  | { readonly kind: 'ratio'; readonly errorRatioQuery: string; readonly measure: SloMeasure | null }
  /** Instant query, compared with a bound at every step: the share of steps outside it is the error ratio. */
  | {
      readonly kind: 'threshold';
      /** No window in it; null where no value is neither good nor bad. */
      readonly query: string;
      readonly operator: '<' | '<=' | '>' | '>=';
      readonly bound: number;
      readonly everySeconds: number;
      readonly measure: SloMeasure | null;
    }
  /** A slice of time is good when its share of good events reaches the target; null averages the slices' ratios. */
  | {
      readonly kind: 'timeSlices';
      readonly of:
        | { readonly errorQuery: string; readonly totalQuery: string }
        | { readonly errorRatioQuery: string };
      readonly sliceSeconds: number;
      /** 0..1. */
      readonly target: number | null;
    };

export interface SloMeasure {
  /** A `ratio` by increase, a `share` or an `upTime`: its numerator counts what `counts` says, its denominator all. */
  readonly measure: MetricMeasure;
  readonly counts: 'good' | 'bad';
}

export const alertSeverities = ['page', 'ticket'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

export interface AlertSettings {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface SloAlerting {
  /** The alert's name; empty where the file gives none and both alerts are off. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Null = switched off. */
  readonly page: AlertSettings | null;
  readonly ticket: AlertSettings | null;
  /** What to do when it fires; native rules want one. */
  readonly runbook: string | null;
}

/** A service level objective, whatever format it was read from (服务等级目标). */
export interface Slo {
  /** `service-name`, unique in an installation: what Sloth calls `sloth_id`. */
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly title: Text;
  readonly description: string;
  /** Whose promise it is; null = of the root subject. */
  readonly subject: string | null;
  /** Per cent, above 0 and below 100, as written: 99.9. */
  readonly objectivePercent: number;
  readonly period: SloPeriod;
  readonly sli: Sli;
  readonly labels: Readonly<Record<string, string>>;
  readonly alerting: SloAlerting;
  /** Fewer events than this in a window alert nobody, and a period with fewer is marked; 0 = no guard. */
  readonly minimumEvents: number;
  readonly source: SloSource;
}

export interface SloSource {
  readonly file: string;
  readonly format: SloFormat;
  /** Line where the SLO begins, from 1. */
  readonly line: number;
  /** Of the file's bytes. */
  readonly sha256: string;
}

/** What a linter rule found; a fault stops generation, a warning does not. */
export interface LintFinding {
  /** Name of the rule, `good-events-as-errors`. */
  readonly rule: string;
  readonly level: 'fault' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Of the SLO; empty where the file as a whole is meant. */
  readonly slo: string;
  readonly message: Text;
}
