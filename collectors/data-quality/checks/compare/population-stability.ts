/** Stands for a share of nothing, whose logarithm has no value; the usual replacement where the index is used. */
const smallestShare = 0.0001;

/**
 * Population stability index of two distributions over the same bins, of shares that add up to 1: the sum of
 * (actual - expected) x ln(actual / expected), 0 for equal ones and without an upper end. Siddiqi, Credit Risk Scorecards
 * (Wiley 2006), chapter 7; shares of 0 count as `smallestShare`.
 */
export function populationStabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, each, bin) => {
    const [before, now] = [Math.max(each, smallestShare), Math.max(actual[bin] ?? 0, smallestShare)];
    return sum + (now - before) * Math.log(now / before);
  }, 0);
}

/** Total variation distance, 0..1: the share of rows that would have to change bins to make both distributions equal. */
export function totalVariation(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, each, bin) => sum + Math.abs(each - (actual[bin] ?? 0)), 0) / 2;
}

/** Counts as shares of their sum; all 0 where there is nothing to count. */
export function sharesOf(counts: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (all === 0 ? 0 : count / all));
}
