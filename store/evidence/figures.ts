import type { RecordsMeasure } from './cohort.ts';

/** The figure of one measure; value null = its denominator is 0. */
export interface MeasuredFigure {
  readonly value: number | null;
  /** Null for a count and a percentile, which are no quotient. */
  readonly numerator: number | null;
  readonly denominator: number | null;
}

export interface AggregateRow {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
}

export function figureOf({ reduction }: RecordsMeasure, row: AggregateRow): MeasuredFigure {
  if (reduction.kind === 'count') return { value: row.numerator, numerator: null, denominator: null };
  if (reduction.kind === 'percentile') return { value: row.value, numerator: null, denominator: null };
  const value = row.denominator === 0 ? null : row.numerator / row.denominator;
  return { value, numerator: row.numerator, denominator: row.denominator };
}
