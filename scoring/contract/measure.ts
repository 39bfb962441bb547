import type { MetricSelector, RecordKind } from '../../collectors/contract.ts';

/**
 * A condition or a number over one record, parsed from a model file. Comparisons with an absent field are false, a
 * number made from an absent field is absent; so `not` and counts never see "unknown".
 */
export type RecordExpression =
  | { readonly op: 'constant'; readonly value: boolean | number }
  | { readonly op: 'field'; readonly name: string }
  /** A code of a field, written bare in the model: `channel == citizen`. */
  | { readonly op: 'code'; readonly value: string }
  /** `start` and `end` of the period, `cutoff` = as-of. */
  | { readonly op: 'bound'; readonly name: 'start' | 'end' | 'cutoff' }
  /** True when the record carries a fault; usable only in a measure with `population: withFaulty`. */
  | { readonly op: 'faulty' }
  | { readonly op: 'has'; readonly field: string }
  /** Time from one instant field to another in the unit named; absent when either is absent. */
  | {
      readonly op: 'duration';
      readonly unit: 'hour' | 'day' | 'week';
      readonly from: string;
      readonly to: string;
    }
  | { readonly op: 'not'; readonly of: RecordExpression }
  | {
      readonly op: 'and' | 'or' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';
      readonly left: RecordExpression;
      readonly right: RecordExpression;
    };

/** What a records measure computes over its cohort. */
export type Reduction =
  /** Numerator counts the records of the denominator that also meet `numerator`. */
  | { readonly kind: 'ratio'; readonly numerator: RecordExpression; readonly denominator: RecordExpression }
  | { readonly kind: 'count'; readonly of: RecordExpression }
  /** Over the records that meet `among` and for which `of` is present; numerator = sum, denominator = count. */
  | { readonly kind: 'mean'; readonly of: RecordExpression; readonly among: RecordExpression }
  /** `at` in 0..1; linear interpolation between order statistics (SQL `percentile_cont`). */
  | {
      readonly kind: 'percentile';
      readonly of: RecordExpression;
      readonly among: RecordExpression;
      readonly at: number;
    }
  /** Hours of the period up to the cut-off / records that meet `of`: the mean time between them. */
  | { readonly kind: 'interval'; readonly of: RecordExpression };

/** Reducers of one series over the period. */
export const overTimeReducers = [
  'mean',
  'min',
  'max',
  'last',
  'sum',
  'count',
  'p50',
  'p90',
  'p95',
  'p99',
] as const;
export type OverTimeReducer = (typeof overTimeReducers)[number];

/** How the series' results become one figure; percentiles by linear interpolation. */
export const acrossReducers = ['mean', 'sum', 'min', 'max', 'count', 'p50', 'p90', 'p95', 'p99'] as const;
export type AcrossReducer = (typeof acrossReducers)[number];

/**
 * What a metric measure computes over samples in [start, end) of the period. Counters are read with resets (a fall starts
 * again from 0). A figure with numerator and denominator carries both.
 */
export type MetricReduction =
  | { readonly kind: 'overTime'; readonly reduce: OverTimeReducer; readonly across: AcrossReducer }
  /** Share of samples within [above, below] (`null` = open; the bounds belong to the band), over all series together. */
  | { readonly kind: 'share'; readonly above: number | null; readonly below: number | null }
  /** Growth of a counter over the period; `rate` is per second of the period. */
  | { readonly kind: 'increase' | 'rate'; readonly across: AcrossReducer }
  /** Sum over the series of `of` / sum over those of `total`; each series by its increase (counters), mean or last (gauges). */
  | {
      readonly kind: 'ratio';
      readonly total: MetricSelector;
      readonly by: 'increase' | 'mean' | 'last' | 'sum';
    }
  /** Share of the samples that are 1, times the share of the expected intervals that hold a sample: a gap is down. */
  | { readonly kind: 'upTime' }
  /** Seconds from the last sample of each series to the end of the period or the cut-off. */
  | { readonly kind: 'staleness'; readonly across: AcrossReducer }
  /** Different values of a label among the series that have a sample. */
  | { readonly kind: 'distinct'; readonly label: string }
  /** Quantile of a histogram's observations in the period, all series together; linear within a bucket, as PromQL does. */
  | { readonly kind: 'histogramQuantile'; readonly at: number }
  /** PromQL as written: `$period` is the period as a range (`2592000s`), `$subject` a regular expression of the subjects. */
  | { readonly kind: 'promql'; readonly query: string };

export interface MetricMeasure {
  readonly kind: 'metric';
  /** Null for raw PromQL only. */
  readonly of: MetricSelector | null;
  readonly reduction: MetricReduction;
  /** The figure is the result times this: 1 unless the unit asks for another (seconds to hours). */
  readonly factor: number;
  /** Length of the intervals, in seconds, of which each should hold a sample: what makes a gap a gap (`SampleCount`); null for raw PromQL. */
  readonly everySeconds: number | null;
  /** Below this share of expected samples the figure is not reported, 0..1. */
  readonly minimumCoverage: number;
  /** From this share on the samples count as whole, 0..1. */
  readonly fullCoverage: number;
  /** The measure as written in the model, on one line. */
  readonly text: string;
}

/** How an indicator without children gets its value (度量方式). */
export type Measure =
  | {
      readonly kind: 'records';
      readonly records: RecordKind;
      /** The instant field that must lie in [start, end) of the period. */
      readonly cohort: string;
      /** Which records of the cohort count at all (besides being sound): the model's text for duplicates, invalid ones. */
      readonly where: RecordExpression;
      /** `sound` leaves faulty records out; `withFaulty` keeps them, so that their share can be measured. */
      readonly population: 'sound' | 'withFaulty';
      readonly reduction: Reduction;
      /** The measure as written in the model, on one line: what pages and reports print as the query. */
      readonly text: string;
    }
  /** From telemetry: samples of a metric over the period. */
  | MetricMeasure
  /** The figure of another model's indicator for the same subject and period. */
  | {
      readonly kind: 'indicator';
      readonly model: string;
      readonly indicator: string;
      readonly text: string;
    }
  /** Entered by hand with evidence, or imported as an observation; every other measure accepts these as a second source. */
  | { readonly kind: 'entry' };
