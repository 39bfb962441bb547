import type { SloCounts, SloFigure, Text } from '../../contract.ts';
import * as reasons from './reasons.ts';

/** What came of counting one stretch of time. */
export interface Count {
  readonly state: SloFigure['state'];
  /** Null when `absent` or `failed`; no events at all are 0 of 0. */
  readonly counts: SloCounts | null;
  readonly reason: Text | null;
  /** The stretch was more than the server takes in one query: its parts may be counted. */
  readonly isTooLarge?: boolean;
}

/** Fewer points in time with data than this share and a count is `estimated`: a restart or two is no gap. */
const wholeShare = 0.95;
/** Extrapolation at the borders of a range differs between two counters by less than this; more bad than all is a wrong SLI. */
const extrapolation = 1e-3;

/** The share of the stretch that has data is 0..1; null where nobody asked. */
export function counted(bad: number, total: number, share: number | null = null): Count {
  if (!Number.isFinite(bad) || !Number.isFinite(total)) return failed(reasons.notFinite);
  if (bad < -extrapolation * total || total < 0) return failed(reasons.negative(bad, total));
  if (bad > total * (1 + extrapolation)) return failed(reasons.moreBadThanAll(bad, total));
  const counts = { bad: Math.min(Math.max(0, bad), total), total };
  if (total === 0) return { state: 'zeroBase', counts, reason: reasons.noEvents };
  if (share !== null && share < wholeShare)
    return { state: 'estimated', counts, reason: reasons.partly(share) };
  return { state: 'measured', counts, reason: null };
}

export const absent = (reason: Text = reasons.noSamples): Count => ({
  ...{ state: 'absent', counts: null, reason },
});

export const failed = (reason: Text, isTooLarge = false): Count => ({
  ...{ state: 'failed', counts: null, reason, isTooLarge },
});

/** Counts of stretches that follow each other, as one; a failure of one is that of the whole. */
export function sumCounts(parts: readonly Count[]): Count {
  const broken = parts.find(({ state }) => state === 'failed');
  if (broken) return broken;
  const known = parts.flatMap(({ counts }) => (counts ? [counts] : []));
  if (known.length === 0) return absent();
  const total = (of: (each: SloCounts) => number) => known.reduce((sum, each) => sum + of(each), 0);
  const sum = counted(
    total(({ bad }) => bad),
    total((each) => each.total),
  );
  const isWhole = parts.every(({ state }) => state === 'measured' || state === 'zeroBase');
  if (isWhole || sum.state !== 'measured') return sum;
  return { ...sum, state: 'estimated', reason: reasons.partly(known.length / parts.length) };
}
