import type { AcrossReducer, OverTimeReducer } from '../../scoring/contract.ts';

const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** 0.9 for `p90`; null for what is no percentile. */
export function quantileOf(reducer: OverTimeReducer | AcrossReducer): number | null {
  return reducer in quantiles ? quantiles[reducer as keyof typeof quantiles] : null;
}

/** The series' results as one figure; NaN for none. */
export function reduceAcross(values: readonly number[], across: AcrossReducer): number {
  if (across === 'count') return values.length;
  if (values.length === 0) return Number.NaN;
  if (across === 'min') return values.reduce((least, value) => Math.min(least, value));
  if (across === 'max') return values.reduce((most, value) => Math.max(most, value));
  const at = quantileOf(across);
  if (at !== null) return quantile(values, at);
  const sum = values.reduce((total, value) => total + value, 0);
  return across === 'sum' ? sum : sum / values.length;
}

/** Linear interpolation between order statistics: SQL `percentile_cont`, PromQL `quantile`. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = at * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.min(Math.floor(rank) + 1, sorted.length - 1)] ?? below;
  const weight = rank - Math.floor(rank);
  return below * (1 - weight) + above * weight;
}
