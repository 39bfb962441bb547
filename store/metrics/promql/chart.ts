import { printSelector } from '../../../scoring/contract.ts';
import type { ChartRequest, MetricChart } from '../../contract.ts';
import { chartSelector, chartStep, seriesShown, toPoints } from '../chart.ts';
import { spanOf } from '../span.ts';
import { rangeOf, substitute } from './compile.ts';
import type { Dialect } from './dialect.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/** Means per step; raw PromQL is shown as it is at the end of each step, with the step for its period. */
export async function chartQuery(
  client: PrometheusClient,
  dialect: Dialect,
  request: ChartRequest,
): Promise<MetricChart> {
  const span = spanOf(request);
  const stepSeconds = chartStep(request);
  const step = stepSeconds * 1000;
  const query = chartText(request, dialect, step);
  // A point at the end of a step, less a millisecond, holds the samples of that step.
  const range = {
    start: span.from + step - 1,
    end: span.from + Math.ceil((span.to - span.from) / step) * step - 1,
    step,
  };
  const data = await client.queryRange(query, range);
  const all = data.resultType === 'matrix' ? data.result : [];
  const series = all
    .map(({ metric: { __name__: _name, ...labels }, values }) => ({ labels, values }))
    .toSorted((a, b) => (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1))
    .slice(0, seriesShown)
    .map(({ labels, values }) => {
      const found = values.map(([at, value]): [number, number] => [
        Math.floor((Math.round(at * 1000) - span.from) / step),
        Number(value),
      ]);
      const points = new Map(found.filter(([, value]) => Number.isFinite(value)));
      return { labels, points: toPoints(span, stepSeconds, points) };
    });
  return { query, stepSeconds, series, omitted: all.length - series.length };
}

function chartText(request: ChartRequest, dialect: Dialect, step: number): string {
  const { reduction } = request.measure;
  if (reduction.kind === 'promql') {
    const end = new Date(Date.parse(request.from) + step).toISOString();
    return substitute(reduction.query, { ...request, to: end }, dialect);
  }
  const selector = chartSelector(request);
  return selector === null
    ? request.measure.text
    : `avg_over_time(${printSelector(selector)}${rangeOf(step, dialect)})`;
}
