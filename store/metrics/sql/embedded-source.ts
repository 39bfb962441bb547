import { sql } from 'kysely';
import type { MetricMeasure, MetricSelector } from '../../../scoring/contract.ts';
import type { MetricFigure, MetricRequest, MetricSource } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { bucketSelector } from '../needs.ts';
import { compileMatchers, withSubjects } from '../selector.ts';
import { figureFrom } from '../series-figure.ts';
import { spanOf } from '../span.ts';
import { chartReadings } from './chart.ts';
import { printSql } from './query-text.ts';
import { type Series, summarise, type Task } from './summarise.ts';

/** Metric measures over the readings that the store keeps itself. */
export function openEmbeddedMetrics(db: Database, location: string): MetricSource {
  return {
    kind: 'embedded',
    measure: (request, measures) => measure(db, request, measures),
    chart: (request) => chartReadings(db, request),
    async describe() {
      const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db);
      const version = `PostgreSQL ${rows[0]?.server_version ?? ''}`;
      return { kind: 'embedded', location, version, clockSkewSeconds: null };
    },
  };
}

async function measure(
  db: Database,
  request: MetricRequest,
  measures: readonly MetricMeasure[],
): Promise<MetricFigure[]> {
  const span = spanOf(request);
  const series = await findSeries(db, measures, request.subjects);
  const tasks = measures.map(
    (each): Task => ({ measure: each, ...seriesOf(each, series, request.subjects) }),
  );
  const sets =
    span.to > span.from ? await summarise(db, tasks, span) : tasks.map(() => ({ of: [], total: [] }));
  return tasks.map((task, index) => {
    const query = printSql(task.measure, request);
    return figureFrom(task.measure, sets[index] ?? { of: [], total: [] }, { span, query });
  });
}

type SeriesByMetric = ReadonlyMap<string, readonly Series[]>;

/** Every series of the metrics named; matchers are applied here, the same for every database. */
async function findSeries(
  db: Database,
  measures: readonly MetricMeasure[],
  subjects: readonly string[],
): Promise<SeriesByMetric> {
  const selectors = measures.flatMap((each) => selectorsOf(each)).map((each) => withSubjects(each, subjects));
  const metrics = [...new Set(selectors.map(({ metric }) => metric))];
  if (metrics.length === 0) return new Map();
  const { rows } = await sql<Series>`
    select id, metric, labels from metric_series where metric = any(${metrics}::text[])
    order by metric collate "C", labels_hash`.execute(db);
  return Map.groupBy(rows, ({ metric }) => metric);
}

function selectorsOf({ of, reduction }: MetricMeasure): MetricSelector[] {
  if (of === null) return [];
  if (reduction.kind === 'histogramQuantile') return [bucketSelector(of)];
  return reduction.kind === 'ratio' ? [of, reduction.total] : [of];
}

function seriesOf(
  measure: MetricMeasure,
  byMetric: SeriesByMetric,
  subjects: readonly string[],
): Pick<Task, 'of' | 'total'> {
  const [of = [], total = []] = selectorsOf(measure).map((selector) => {
    const { metric, matchers } = withSubjects(selector, subjects);
    const matches = compileMatchers(matchers);
    return (byMetric.get(metric) ?? []).filter(({ labels }) => matches(labels));
  });
  return { of, total };
}
