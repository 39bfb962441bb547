/** Observations up to and including `bound`, counted up. */
export interface Bucket {
  readonly bound: number;
  readonly count: number;
}

/**
 * The quantile of a classic histogram as PromQL's `histogram_quantile` computes it (Prometheus documentation, Query
 * functions): linear within a bucket, the lowest begins at 0 when its bound is positive, the highest bound stands for
 * everything above. NaN without observations or without a `+Inf` bucket.
 */
export function histogramQuantile(buckets: readonly Bucket[], at: number): number {
  const sorted = monotonic(merged(buckets));
  const total = sorted.at(-1);
  if (!total || total.bound !== Number.POSITIVE_INFINITY || sorted.length < 2 || total.count === 0)
    return Number.NaN;
  const rank = at * total.count;
  const index = sorted.findIndex(({ count }) => count >= rank);
  const bucket = sorted[index];
  const [lowest, highest] = [sorted[0], sorted.at(-2)];
  if (!bucket || !lowest || !highest) return Number.NaN;
  if (index === sorted.length - 1) return highest.bound;
  if (index === 0 && lowest.bound <= 0) return lowest.bound;
  const below = index === 0 ? { bound: 0, count: 0 } : (sorted[index - 1] ?? lowest);
  return below.bound + (bucket.bound - below.bound) * ((rank - below.count) / (bucket.count - below.count));
}

/** `le="1"` and `le="1.0"` are one bucket. */
function merged(buckets: readonly Bucket[]): Bucket[] {
  const counts = new Map<number, number>();
  for (const { bound, count } of buckets) counts.set(bound, (counts.get(bound) ?? 0) + count);
  return [...counts].map(([bound, count]) => ({ bound, count })).toSorted((a, b) => a.bound - b.bound);
}

/** Extrapolation and skewed scrapes may let a count fall; each is then at least the one before. */
function monotonic(buckets: readonly Bucket[]): Bucket[] {
  let most = Number.NEGATIVE_INFINITY;
  return buckets.map(({ bound, count }) => {
    most = Math.max(most, count);
    return { bound, count: most };
  });
}

/** The number of a `le` label. */
export function boundOf(le: string): number {
  return /^\+?inf$/i.test(le) ? Number.POSITIVE_INFINITY : Number(le);
}
