import type { MetricSelector } from '../../scoring/contract.ts';
import type { ChartRequest, MetricChart } from '../contract.ts';
import { withSubjects } from './selector.ts';
import { type Span, spanOf } from './span.ts';

/** Series that a chart can hold and stay readable. */
export const seriesShown = 20;

/** Whole seconds between the points: as few as asked for, never finer than the samples. */
export function chartStep(request: ChartRequest): number {
  const { from, to } = spanOf(request);
  const fitting = Math.ceil((to - from) / 1000 / Math.max(1, request.points));
  return Math.max(1, fitting, request.measure.everySeconds ?? 0);
}

/** What the measure is made of, a histogram by its count; null for raw PromQL. */
export function chartSelector({ measure, subjects }: ChartRequest): MetricSelector | null {
  if (!measure.of) return null;
  const { metric } = measure.of;
  const isHistogram = measure.reduction.kind === 'histogramQuantile';
  return withSubjects({ ...measure.of, metric: isHistogram ? `${metric}_count` : metric }, subjects);
}

/** One point per step, at its beginning; null where the map has none. */
export function toPoints(
  span: Span,
  stepSeconds: number,
  values: ReadonlyMap<number, number>,
): MetricChart['series'][number]['points'] {
  const steps = Math.max(0, Math.ceil((span.to - span.from) / (stepSeconds * 1000)));
  return Array.from({ length: steps }, (_, step) => ({
    at: new Date(span.from + step * stepSeconds * 1000).toISOString(),
    value: values.get(step) ?? null,
  }));
}
