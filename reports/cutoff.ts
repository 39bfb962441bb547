import type { Evaluation, SloFigure } from '../rules/contract.ts';

/** Where a report's figures of promises end: at the evaluation's cut-off, and not after its period. */
export function cutoffOf({ asOf, period }: Pick<Evaluation, 'asOf' | 'period'>): string {
  return Date.parse(asOf) < Date.parse(period.end) ? asOf : period.end;
}

/** Up to when a figure counted. */
export function countedUntil({ asOf, span }: Pick<SloFigure, 'asOf' | 'span'>): string {
  return Date.parse(asOf) < Date.parse(span.to) ? asOf : span.to;
}
