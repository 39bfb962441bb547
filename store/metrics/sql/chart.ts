import { sql } from 'kysely';
import { printSelector } from '../../../scoring/contract.ts';
import type { ChartRequest, MetricChart } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { chartSelector, chartStep, seriesShown, toPoints } from '../chart.ts';
import { compileMatchers } from '../selector.ts';
import { spanOf } from '../span.ts';
import type { Series } from './summarise.ts';

interface Cell {
  readonly id: number;
  readonly step: number;
  readonly value: number;
}

/** Means per step of the samples kept; steps without a sample are gaps. */
export async function chartReadings(db: Database, request: ChartRequest): Promise<MetricChart> {
  const span = spanOf(request);
  const stepSeconds = chartStep(request);
  const selector = chartSelector(request);
  if (selector === null) return { query: request.measure.text, stepSeconds, series: [], omitted: 0 };
  const { rows } = await sql<Series>`
    select s.id, s.metric, s.labels from metric_series s where s.metric = ${selector.metric}
      and (exists (select from metric_samples r where r.series_id = s.id and r.at >= ${span.from}::bigint and r.at < ${span.to}::bigint)
        or exists (select from metric_buckets b where b.series_id = s.id and b.first_at >= ${span.from}::bigint and b.first_at < ${span.to}::bigint))
    order by s.labels_hash`.execute(db);
  const matches = compileMatchers(selector.matchers);
  const all = rows.filter(({ labels }) => matches(labels));
  const shown = all.slice(0, seriesShown);
  const ids = shown.map(({ id }) => id);
  const cells = await sql<Cell>`
    select id, step, sum(sum) / sum(count) as value from (
      select series_id as id, ((at - ${span.from}::bigint) / ${stepSeconds * 1000}::bigint)::integer as step, value as sum, 1 as count
      from metric_samples where series_id = any(${ids}::integer[]) and at >= ${span.from}::bigint and at < ${span.to}::bigint
      union all
      select series_id, ((first_at - ${span.from}::bigint) / ${stepSeconds * 1000}::bigint)::integer, sum, count
      from metric_buckets where series_id = any(${ids}::integer[]) and first_at >= ${span.from}::bigint and first_at < ${span.to}::bigint) parts
    group by id, step`.execute(db);
  const bySeries = Map.groupBy(cells.rows, ({ id }) => id);
  return {
    query: printSelector(selector),
    stepSeconds,
    series: shown.map(({ id, labels }) => ({
      labels,
      points: toPoints(
        span,
        stepSeconds,
        new Map((bySeries.get(id) ?? []).map(({ step, value }) => [step, value])),
      ),
    })),
    omitted: all.length - shown.length,
  };
}
