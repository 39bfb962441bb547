/** Messages of OTLP as they come out of either encoding: absent lists are empty, absent messages and optional fields null. */

/** 64 bits: two halves from Protobuf, a number from JSON. */
export type Int64 = number | { readonly low: number; readonly high: number; readonly unsigned: boolean };

export interface AnyValue {
  readonly stringValue: string | null;
  readonly boolValue: boolean | null;
  readonly intValue: Int64 | null;
  readonly doubleValue: number | null;
}

export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue | null;
}

export interface Resource {
  readonly attributes: readonly KeyValue[];
}

export interface TraceRequest {
  readonly resourceSpans: readonly {
    readonly resource: Resource | null;
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

export interface Span {
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly startTimeUnixNano: Int64;
  readonly endTimeUnixNano: Int64;
  readonly attributes: readonly KeyValue[];
  /** Code 2 is an error. */
  readonly status: { readonly code: number } | null;
}

export interface MetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource: Resource | null;
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
  }[];
}

/** Of the five kinds one is set; none for a kind that is not known here. */
export interface Metric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly gauge: { readonly dataPoints: readonly NumberPoint[] } | null;
  readonly sum:
    | (Temporal & { readonly dataPoints: readonly NumberPoint[]; readonly isMonotonic: boolean })
    | null;
  readonly histogram: (Temporal & { readonly dataPoints: readonly HistogramPoint[] }) | null;
  readonly exponentialHistogram: (Temporal & { readonly dataPoints: readonly ExponentialPoint[] }) | null;
  readonly summary: { readonly dataPoints: readonly SummaryPoint[] } | null;
}

export interface Temporal {
  /** 1 delta, 2 cumulative. */
  readonly aggregationTemporality: number;
}

export interface Point {
  readonly attributes: readonly KeyValue[];
  /** Nanoseconds since 1970; 0 = unknown. */
  readonly startTimeUnixNano: Int64;
  readonly timeUnixNano: Int64;
  /** Bit 0: no recorded value, the series ends here. */
  readonly flags: number;
}

export interface NumberPoint extends Point {
  readonly asDouble: number | null;
  readonly asInt: Int64 | null;
}

export interface HistogramPoint extends Point {
  readonly count: Int64;
  readonly sum: number | null;
  /** One more than bounds; both may be empty. */
  readonly bucketCounts: readonly Int64[];
  readonly explicitBounds: readonly number[];
}

export interface ExponentialPoint extends Point {
  readonly count: Int64;
  readonly sum: number | null;
  readonly scale: number;
  readonly zeroCount: Int64;
  readonly zeroThreshold: number;
  readonly positive: ExponentialBuckets | null;
  readonly negative: ExponentialBuckets | null;
}

export interface ExponentialBuckets {
  readonly offset: number;
  readonly bucketCounts: readonly Int64[];
}

export interface SummaryPoint extends Point {
  readonly count: Int64;
  readonly sum: number;
  readonly quantileValues: readonly { readonly quantile: number; readonly value: number }[];
}

export interface LogsRequest {
  readonly resourceLogs: readonly {
    readonly scopeLogs: readonly { readonly logRecords: readonly unknown[] }[];
  }[];
}

/** Exact up to 2^53. */
export function numberOf(value: Int64): number {
  if (typeof value === 'number') return value;
  const { low, high, unsigned } = value;
  return (unsigned ? high >>> 0 : high) * 4_294_967_296 + (low >>> 0);
}

/** Milliseconds since 1970, to the nearest; null for a time that is not given. */
export function millisecondsOf(nanoseconds: Int64): number | null {
  const number = numberOf(nanoseconds);
  // Not floor: a double holds such nanoseconds to 256 only, which may fall short of the millisecond.
  return number === 0 ? null : Math.round(number / 1e6);
}

/** An attribute's value as a label has it; null for lists, maps, bytes and nothing. */
export function textOf(value: AnyValue | null): string | null {
  if (value === null) return null;
  if (value.stringValue !== null) return value.stringValue;
  if (value.boolValue !== null) return String(value.boolValue);
  if (value.intValue !== null) return String(numberOf(value.intValue));
  return value.doubleValue === null ? null : String(value.doubleValue);
}
