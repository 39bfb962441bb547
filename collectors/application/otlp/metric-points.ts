import type { MetricType, Text } from '../../contract.ts';
import {
  type ExponentialPoint,
  type HistogramPoint,
  type KeyValue,
  type Metric,
  millisecondsOf,
  type NumberPoint,
  numberOf,
  type Point,
  type SummaryPoint,
} from '../../wire/otlp-messages.ts';
import { type Buckets, explicitBuckets, exponentialBuckets } from './buckets.ts';
import type { Parts } from './point-series.ts';
import { metricName } from './prometheus-names.ts';
import { advisedBuckets, decadeBuckets } from './settings.ts';

/** A point before its labels and instants have been checked; `parts` is null for one that makes no sense. */
export interface RawPoint {
  readonly attributes: readonly KeyValue[];
  readonly at: number | null;
  readonly startedAt: number | null;
  readonly parts: Parts | null;
}

export interface MetricPoints {
  readonly name: string;
  readonly type: MetricType | 'unknown';
  readonly help: Text;
  readonly isDelta: boolean;
  readonly mayNotFall: boolean;
  readonly points: readonly RawPoint[];
  /** Of a kind that is not known here, or without a temporality. */
  readonly isUnreadable: boolean;
}

const delta = 1;
const cumulative = 2;
/** Bit 0 of a point's flags: the series has ended, there is no value. */
const noRecordedValue = 1;
const single = [{ suffix: '', labels: {} }];

function numberParts(point: NumberPoint, isCounter: boolean): Parts | null {
  const value = point.asInt === null ? point.asDouble : numberOf(point.asInt);
  if (value === null || !Number.isFinite(value)) return null;
  return { shape: single, shapeKey: '', values: [value], isCounter };
}

/** As Prometheus keeps a histogram: buckets that add up, sum and count; a sum that is not given is left out. */
function histogramParts(buckets: Buckets | null, sum: number | null): Parts | null {
  if (!buckets || buckets.counts.some((count) => !(count >= 0))) return null;
  const shape = [...buckets.bounds, Number.POSITIVE_INFINITY].map((bound) => ({
    suffix: '_bucket',
    labels: { le: bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound) },
  }));
  let total = 0;
  const values = buckets.counts.map((count) => {
    total += count;
    return total;
  });
  const hasSum = sum !== null && Number.isFinite(sum);
  return {
    shape: [...shape, { suffix: '_count', labels: {} }, ...(hasSum ? [{ suffix: '_sum', labels: {} }] : [])],
    shapeKey: `${buckets.bounds.join(' ')} ${hasSum}`,
    values: [...values, total, ...(hasSum ? [sum] : [])],
    isCounter: true,
  };
}

function summaryParts(point: SummaryPoint): Parts | null {
  const quantiles = point.quantileValues.filter(({ value }) => Number.isFinite(value));
  if (!Number.isFinite(point.sum)) return null;
  return {
    shape: [
      ...quantiles.map(({ quantile }) => ({ suffix: '', labels: { quantile: String(quantile) } })),
      { suffix: '_sum', labels: {} },
      { suffix: '_count', labels: {} },
    ],
    shapeKey: quantiles.map(({ quantile }) => quantile).join(' '),
    values: [...quantiles.map(({ value }) => value), point.sum, numberOf(point.count)],
    isCounter: false,
  };
}

function rawPoints<P extends Point>(points: readonly P[], partsOf: (point: P) => Parts | null): RawPoint[] {
  return points
    .filter(({ flags }) => (flags & noRecordedValue) === 0)
    .map((point) => ({
      attributes: point.attributes,
      at: millisecondsOf(point.timeUnixNano),
      startedAt: millisecondsOf(point.startTimeUnixNano),
      parts: partsOf(point),
    }));
}

function numbersOf(metric: Metric): Pick<MetricPoints, 'type' | 'points'> & { temporality: number } {
  if (metric.gauge) {
    const points = rawPoints(metric.gauge.dataPoints, (point) => numberParts(point, false));
    return { type: 'gauge', points, temporality: cumulative };
  }
  const isCounter = metric.sum?.isMonotonic === true;
  const points = rawPoints(metric.sum?.dataPoints ?? [], (point) => numberParts(point, isCounter));
  const temporality = metric.sum?.aggregationTemporality ?? 0;
  return { type: isCounter ? 'counter' : 'gauge', points, temporality };
}

function othersOf(metric: Metric): Pick<MetricPoints, 'type' | 'points'> & { temporality: number } {
  if (metric.summary) {
    return {
      type: 'unknown',
      points: rawPoints(metric.summary.dataPoints, summaryParts),
      temporality: cumulative,
    };
  }
  const bounds = metric.unit === 's' ? advisedBuckets : decadeBuckets;
  const points = metric.histogram
    ? rawPoints(metric.histogram.dataPoints, (point: HistogramPoint) =>
        histogramParts(explicitBuckets(point), point.sum),
      )
    : rawPoints(metric.exponentialHistogram?.dataPoints ?? [], (point: ExponentialPoint) =>
        histogramParts(exponentialBuckets(point, bounds), point.sum),
      );
  const of = metric.histogram ?? metric.exponentialHistogram;
  return { type: 'histogram', points, temporality: of?.aggregationTemporality ?? 0 };
}

/** A metric's points as parts of Prometheus series, under their Prometheus name. */
export function metricPoints(metric: Metric): MetricPoints {
  const { type, points, temporality } = metric.gauge || metric.sum ? numbersOf(metric) : othersOf(metric);
  const kind = type === 'gauge' || type === 'counter' ? type : 'other';
  return {
    name: metricName(metric.name, metric.unit, kind),
    type,
    help: { zh: metric.description, en: metric.description },
    isDelta: temporality === delta,
    mayNotFall: metric.exponentialHistogram !== null,
    points,
    isUnreadable: temporality !== delta && temporality !== cumulative,
  };
}
