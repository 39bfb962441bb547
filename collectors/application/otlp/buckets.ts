import {
  type ExponentialBuckets,
  type ExponentialPoint,
  type HistogramPoint,
  numberOf,
} from '../../wire/otlp-messages.ts';

/** Observations by bucket: `counts` has one more than `bounds`, each bucket on its own. */
export interface Buckets {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** Null when boundaries and counts do not fit together. */
export function explicitBuckets(point: HistogramPoint): Buckets | null {
  const bounds = point.explicitBounds;
  const counts = point.bucketCounts.map(numberOf);
  if (counts.length === 0 && bounds.length === 0) return { bounds, counts: [numberOf(point.count)] };
  const isGrowing = bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] ?? bound));
  return isGrowing && counts.length === bounds.length + 1 ? { bounds, counts } : null;
}

/** Further buckets than any SDK makes (160 by default) are somebody's attack. */
const maxExponentialBuckets = 4096;

function bucketOf(value: number, bounds: readonly number[]): number {
  const at = bounds.findIndex((bound) => value <= bound);
  return at < 0 ? bounds.length : at;
}

/**
 * An exponential histogram under fixed boundaries. Bucket i of scale s reaches up to 2^((i + 1) / 2^s) (OpenTelemetry,
 * Metrics Data Model); all of it counts under the first boundary not below that end. So a share above a boundary is
 * never understated, and overstated at most by the width of the bucket that the boundary cuts. Zeros and negative
 * values count under the first boundary. Null when it has too many buckets or a scale that none may have.
 */
export function exponentialBuckets(point: ExponentialPoint, bounds: readonly number[]): Buckets | null {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  const { positive, negative, scale } = point;
  const isTooLarge = [positive, negative].some(
    (side) => (side?.bucketCounts.length ?? 0) > maxExponentialBuckets,
  );
  if (isTooLarge || scale < -10 || scale > 20) return null;
  const add = (at: number, count: number) => {
    counts[at] = (counts[at] ?? 0) + count;
  };
  const sumOf = (side: ExponentialBuckets | null) =>
    (side?.bucketCounts ?? []).reduce<number>((sum, count) => sum + numberOf(count), 0);
  add(bucketOf(point.zeroThreshold, bounds), numberOf(point.zeroCount));
  add(0, sumOf(negative));
  for (const [i, count] of (positive?.bucketCounts ?? []).entries()) {
    const end = 2 ** (((positive?.offset ?? 0) + i + 1) / 2 ** scale);
    add(bucketOf(end * (1 - 1e-12), bounds), numberOf(count));
  }
  return { bounds, counts };
}
