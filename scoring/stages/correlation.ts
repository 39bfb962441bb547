function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** ρ = COV(X, Y) / (σX σY) of two series of one length; null where either does not vary (03, section 2). */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] ?? my) - my), 0);
  const spread = (values: readonly number[], centre: number) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0));
  const product = spread(x, mx) * spread(y, my);
  if (!(product > 1e-9)) return null;
  return Math.max(-1, Math.min(1, covariance / product));
}

/** Quantile at 0..1 by linear interpolation between order statistics. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = at * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return below + (above - below) * (place - Math.floor(place));
}

/** Where the line of slope `slope` through both means meets the axis: the ε of `y = slope * x + ε`. */
export function offsetOf(x: readonly number[], y: readonly number[], slope: number): number {
  return mean(y) - slope * mean(x);
}
