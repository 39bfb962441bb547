import type { Reduction } from './measure.ts';

/** One slice of a figure. */
export interface DrillPart {
  /** The slice's value; null = the field is empty in the records. */
  readonly slice: string | null;
  /** In the indicator's unit; null when the slice's denominator is 0. */
  readonly value: number | null;
  /** What adds up: count or sum. For a percentile both are the number of records looked at. */
  readonly numerator: number;
  readonly denominator: number;
}

/** A figure by slice (业务根因分析): numerators and denominators of the parts add up to the whole's. */
export interface Drill {
  readonly indicator: string;
  readonly subject: string;
  readonly period: string;
  readonly asOf: string;
  readonly by: string;
  readonly reduction: Reduction['kind'];
  readonly whole: DrillPart;
  /** Biggest denominator first. */
  readonly parts: readonly DrillPart[];
}

/** How much of the change of the whole between two drills a slice explains; the parts sum to the change exactly. */
export interface SliceChange {
  readonly slice: string | null;
  readonly before: DrillPart | null;
  readonly now: DrillPart | null;
  readonly contribution: number;
}

/**
 * For ratios and means R = ΣN/ΣD, slice s contributes (n1 - R0·d1)/D1 - (n0 - R0·d0)/D0, which sums to R1 - R0; for
 * counts n1 - n0. Biggest first. Empty when either whole has no value, and for percentiles and intervals, which do not add up.
 */
export function changeBySlice(before: Drill, now: Drill): SliceChange[] {
  if (before.whole.value === null || now.whole.value === null) return [];
  if (now.reduction === 'percentile' || now.reduction === 'interval') return [];
  const base = before.whole.value;
  const share = (part: DrillPart | null, whole: DrillPart) => {
    if (!part) return 0;
    if (now.reduction === 'count') return part.numerator;
    return (part.numerator - base * part.denominator) / whole.denominator;
  };
  const slices = new Set([...before.parts, ...now.parts].map((part) => part.slice));
  const partOf = (drill: Drill, slice: string | null) =>
    drill.parts.find((part) => part.slice === slice) ?? null;
  return [...slices]
    .map((slice) => {
      const [old, fresh] = [partOf(before, slice), partOf(now, slice)];
      const contribution = share(fresh, now.whole) - share(old, before.whole);
      return { slice, before: old, now: fresh, contribution };
    })
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}
