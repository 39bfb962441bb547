import type { CollectorOutcome, Reading, SampleCount, Text } from '../../collectors/contract.ts';
import type { MetricMeasure, MetricSelector } from '../../scoring/contract.ts';

export interface ReadingTable {
  /** Idempotent by metric, labels and instant; a later value for the same key replaces the earlier. Any order of time. */
  put(readings: readonly Reading[]): Promise<void>;
  /** Raw samples in [from, to), by time, then labels. */
  list(metric: string, from: string, to: string): Promise<readonly Reading[]>;
  /** Rolls up and removes what is older than the policy keeps; one bounded step per call, `isDone` when none is left. */
  compact(
    now: string,
    policy: RetentionPolicy,
  ): Promise<{ readonly removed: number; readonly isDone: boolean }>;
  describe(): Promise<ReadingStatistics>;
}

/** Days that readings are kept: raw, then in buckets of five minutes, then of an hour; 0 for a bucket skips it. */
export interface RetentionPolicy {
  readonly rawDays: number;
  readonly fiveMinuteDays: number;
  readonly hourDays: number;
}

export interface ReadingStatistics {
  readonly series: number;
  readonly rawSamples: number;
  readonly buckets: number;
  /** ISO instants; null when there is none. */
  readonly oldest: string | null;
  readonly newest: string | null;
}

export interface CollectorRunTable {
  save(outcome: CollectorOutcome): Promise<void>;
  /** The last run of every job that ever ran, with its last success. */
  latest(): Promise<readonly LatestRun[]>;
  /** Newest first. */
  list(job: string, limit: number): Promise<readonly CollectorOutcome[]>;
}

export interface LatestRun {
  readonly outcome: CollectorOutcome;
  /** ISO instant; null when it never succeeded. */
  readonly lastSuccessAt: string | null;
}

/** Where metric measures are computed: the embedded readings or a PromQL server; one set of tests holds both to agree. */
export interface MetricSource {
  readonly kind: 'embedded' | 'prometheus';
  /** One answer per measure, in order; a measure that cannot be computed fails alone. */
  measure(request: MetricRequest, measures: readonly MetricMeasure[]): Promise<readonly MetricFigure[]>;
  /** Each series' newest finite value at an instant, none older than the lookback; `fault` when it cannot be asked for. */
  newest(request: NewestRequest): Promise<NewestValues>;
  /** For charts: the measure's samples, reduced to at most `points` per series by mean; gaps are null, at most 20 series. */
  chart(request: ChartRequest): Promise<MetricChart>;
  /**
   * Numerator and denominator of a ratio of counters, a share or an up-time in each step of the request, steps without
   * samples left out; null for other measures, and from a PromQL server, which is asked in PromQL.
   */
  steps(
    request: MetricRequest,
    measure: MetricMeasure,
    stepSeconds: number,
  ): Promise<readonly MetricStep[] | null>;
  /** What a person must know: server, version, address without credentials; InputError when it does not answer. */
  describe(): Promise<MetricSourceDescription>;
}

/** ISO instant at which the step begins. */
export interface MetricStep {
  readonly at: string;
  readonly numerator: number;
  readonly denominator: number;
}

export interface MetricRequest {
  /** The subject and its descendants: the values that the label `subject` may have. */
  readonly subjects: readonly string[];
  /** ISO instants: samples in [from, to) count. */
  readonly from: string;
  readonly to: string;
}

export interface NewestRequest {
  readonly selector: MetricSelector;
  /** The values that the label `subject` may have, unless the selector names it; null = any, and none. */
  readonly subjects: readonly string[] | null;
  /** ISO instant. */
  readonly at: string;
  /** A value of exactly this age still counts. */
  readonly lookbackSeconds: number;
}

export type NewestValues =
  | {
      /** Labels without `__name__`; in no order. */
      readonly series: readonly {
        readonly labels: Readonly<Record<string, string>>;
        readonly value: number;
      }[];
    }
  | { readonly fault: Text };

export interface ChartRequest extends MetricRequest {
  readonly measure: MetricMeasure;
  readonly points: number;
}

export type MetricFigure =
  | {
      /** `estimated`: computed from rolled-up samples where the reducer needs the raw ones. */
      readonly state: 'measured' | 'estimated';
      readonly value: number;
      readonly numerator: number | null;
      readonly denominator: number | null;
      readonly samples: SampleCount;
      readonly query: string;
    }
  /** The denominator is 0. */
  | { readonly state: 'zeroBase'; readonly samples: SampleCount; readonly query: string }
  /** No sample in the period. */
  | { readonly state: 'absent'; readonly query: string }
  | { readonly state: 'failed'; readonly reason: Text; readonly query: string };

export interface MetricChart {
  readonly query: string;
  readonly stepSeconds: number;
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly points: readonly { readonly at: string; readonly value: number | null }[];
  }[];
  /** Series that were left out of the chart. */
  readonly omitted: number;
}

export interface MetricSourceDescription {
  readonly kind: 'embedded' | 'prometheus';
  readonly location: string;
  readonly version: string;
  /** Server's clock minus ours, seconds; null where there is one clock only. */
  readonly clockSkewSeconds: number | null;
}
