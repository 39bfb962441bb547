import type { Text } from './text.ts';

/** One sample of one metric at one instant (采样). */
export interface Reading {
  /** Prometheus name; a counter ends in `_total`, a histogram comes as its `_bucket`, `_sum` and `_count`. */
  readonly metric: string;
  /** Without `__name__`; the runner adds `job` and `subject` and the job's own labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** ISO instant in UTC, to the millisecond. */
  readonly at: string;
  /** A finite number: what is NaN or infinite is a dropped sample, never a reading. */
  readonly value: number;
}

export const metricTypes = ['gauge', 'counter', 'histogram'] as const;
export type MetricType = (typeof metricTypes)[number];

/** A metric that a collector yields: one entry of the catalogue, from which docs, help lines and checks are made. */
export interface MetricSpec {
  /** Base name: a counter with `_total`, a histogram without its suffixes. */
  readonly name: string;
  readonly type: MetricType;
  /** Base unit, as in the name's suffix: `seconds`, `bytes`, `ratio` (0..1), `days`, or `` for a pure count or flag. */
  readonly unit: string;
  readonly help: Text;
  /** Label -> what it says; without `job` and `subject`, which every metric has. */
  readonly labels: Readonly<Record<string, Text>>;
}

/** Why samples that were offered did not become readings. */
export const dropReasons = [
  'notFinite',
  'duplicate',
  'outOfOrder',
  'future',
  'tooOld',
  'limit',
  'relabelled',
  'badName',
] as const;
export type DropReason = (typeof dropReasons)[number];
