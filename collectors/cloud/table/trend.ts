/** A figure at a time; days on any common clock. */
export interface TrendPoint {
  readonly day: number;
  readonly value: number;
}

/** The straight line of least squares; null for points of fewer than two days. */
export function leastSquares(
  points: readonly TrendPoint[],
): { readonly slope: number; at(day: number): number } | null {
  const count = points.length;
  const meanDay = points.reduce((sum, { day }) => sum + day, 0) / count;
  const meanValue = points.reduce((sum, { value }) => sum + value, 0) / count;
  let products = 0;
  let squares = 0;
  for (const { day, value } of points) {
    products += (day - meanDay) * (value - meanValue);
    squares += (day - meanDay) ** 2;
  }
  if (!(squares > 0)) return null;
  const slope = products / squares;
  return { slope, at: (day) => meanValue + slope * (day - meanDay) };
}

/**
 * Days from `today` until the trend reaches `total`, within 0..`horizonDays`; without growth the horizon, for there is no date.
 * Null where the points make no line.
 */
export function daysToFull(
  points: readonly TrendPoint[],
  {
    total,
    today,
    horizonDays,
  }: { readonly total: number; readonly today: number; readonly horizonDays: number },
): number | null {
  const last = points.at(-1);
  if (last && last.value >= total) return 0;
  const line = leastSquares(points);
  if (line === null) return null;
  if (line.slope <= 0) return horizonDays;
  const days = (total - line.at(today)) / line.slope;
  return Math.min(horizonDays, Math.max(0, days));
}
