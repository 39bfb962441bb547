import { sql } from 'kysely';
import { type MetricMeasure, type MetricSelector, RegexFault } from '../../../scoring/contract.ts';
import type { MetricFigure, MetricRequest, MetricSource } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { bucketSelector } from '../needs.ts';
import { badPattern } from '../reasons.ts';
import { compileMatchers, namesSubject, withSubjects } from '../selector.ts';
import { figureFrom } from '../series-figure.ts';
import { spanOf } from '../span.ts';
import { chartReadings } from './chart.ts';
import { newestReadings } from './newest.ts';
import { printSql } from './query-text.ts';
import { readSteps } from './steps.ts';
import { type Series, summarise, type Task } from './summarise.ts';

/** Metric measures over the readings that the store keeps itself. */
export function openEmbeddedMetrics(db: Database, location: string): MetricSource {
  return {
    kind: 'embedded',
    measure: (request, measures) => measure(db, request, measures),
    newest: (request) => newestReadings(db, request),
    chart: (request) => chartReadings(db, request),
    async steps(request, measure, stepSeconds) {
      const series = await findSeries(db, [measure], request.subjects);
      const task = taskOf(measure, series, request.subjects);
      return task.fault === null ? readSteps(db, task, { span: spanOf(request), stepSeconds }) : null;
    },
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
  const tasks = measures.map((each) => taskOf(each, series, request.subjects));
  const sets = span.to > span.from ? await summarise(db, tasks, span) : [];
  return tasks.map((task, index) => {
    const query = printSql(task.measure, request);
    if (task.fault !== null)
      return { state: 'failed', reason: badPattern(task.measure.text, task.fault), query };
    return figureFrom(task.measure, sets[index] ?? { of: [], total: [] }, { span, query });
  });
}

type SeriesByMetric = ReadonlyMap<string, readonly Series[]>;

/** The series of the metrics and subjects asked for; all other matchers are applied here, the same for every database. */
async function findSeries(
  db: Database,
  measures: readonly MetricMeasure[],
  subjects: readonly string[],
): Promise<SeriesByMetric> {
  const selectors = measures.flatMap(selectorsOf);
  const metrics = [...new Set(selectors.map(({ metric }) => metric))];
  if (metrics.length === 0) return new Map();
  const ofAnySubject = [...new Set(selectors.filter(namesSubject).map(({ metric }) => metric))];
  const { rows } = await sql<Series>`
    select id, metric, labels from metric_series where metric = any(${metrics}::text[])
      and (subject_id = any(${[...subjects]}::text[]) or metric = any(${ofAnySubject}::text[]))
    order by metric collate "C", labels_hash`.execute(db);
  return Map.groupBy(rows, ({ metric }) => metric);
}

function selectorsOf({ of, reduction }: MetricMeasure): MetricSelector[] {
  if (of === null) return [];
  if (reduction.kind === 'histogramQuantile') return [bucketSelector(of)];
  return reduction.kind === 'ratio' ? [of, reduction.total] : [of];
}

/** `fault` says which regular expression does not compile. */
function taskOf(
  measure: MetricMeasure,
  byMetric: SeriesByMetric,
  subjects: readonly string[],
): Task & { readonly fault: string | null } {
  try {
    const [of = [], total = []] = selectorsOf(measure).map((selector) => {
      const { metric, matchers } = withSubjects(selector, subjects);
      const matches = compileMatchers(matchers);
      return (byMetric.get(metric) ?? []).filter(({ labels }) => matches(labels));
    });
    return { measure, of, total, fault: null };
  } catch (cause) {
    if (!(cause instanceof RegexFault)) throw cause;
    return { measure, of: [], total: [], fault: cause.message };
  }
}
