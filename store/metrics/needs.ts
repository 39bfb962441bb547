import type { MetricMeasure, MetricSelector } from '../../scoring/contract.ts';
import { quantileOf } from './across.ts';

/** Values from `above` to `below`, the bounds included; null = open. */
export interface Band {
  readonly above: number | null;
  readonly below: number | null;
}

/** What a measure needs beyond count, sum, min and max of each series. */
export interface Needs {
  readonly last: boolean;
  readonly growth: boolean;
  readonly quantile: number | null;
  readonly band: Band | null;
}

export function needsOf({ reduction }: MetricMeasure): Needs {
  const isGrowth = ['increase', 'rate', 'histogramQuantile'].includes(reduction.kind);
  return {
    last:
      (reduction.kind === 'overTime' && reduction.reduce === 'last') ||
      (reduction.kind === 'ratio' && reduction.by === 'last'),
    growth: isGrowth || (reduction.kind === 'ratio' && reduction.by === 'increase'),
    quantile: reduction.kind === 'overTime' ? quantileOf(reduction.reduce) : null,
    band: reduction.kind === 'share' ? { above: reduction.above, below: reduction.below } : null,
  };
}

/** A histogram is named with or without its suffix. */
export function bucketSelector(selector: MetricSelector): MetricSelector {
  return selector.metric.endsWith('_bucket')
    ? selector
    : { ...selector, metric: `${selector.metric}_bucket` };
}
