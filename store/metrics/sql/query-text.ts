import type {
  AcrossReducer,
  LabelMatcher,
  MetricMeasure,
  MetricSelector,
  OverTimeReducer,
} from '../../../scoring/contract.ts';
import type { MetricRequest } from '../../contract.ts';
import { quantileOf } from '../across.ts';
import { bucketSelector } from '../needs.ts';
import { withSubjects } from '../selector.ts';

/**
 * The measure as SQL over the view `readings` (metric, labels, subject, at, value, series): what a reader of a report can
 * run. Growth and interpolation are named, as functions; docs/decisions/0015 says what they compute.
 */
export function printSql(measure: MetricMeasure, request: MetricRequest): string {
  const { of, reduction } = measure;
  if (reduction.kind === 'promql' || of === null) return measure.text;
  const from = (selector: MetricSelector) => source(withSubjects(selector, request.subjects), request);
  const perSeries = (what: string, selector = of) =>
    `(select ${what} as v from ${from(selector)} group by series) s`;
  switch (reduction.kind) {
    case 'overTime':
      return `select ${across(reduction.across)} from ${perSeries(overTime(reduction.reduce))}`;
    case 'share':
      return `select avg((value between ${reduction.above ?? "'-Infinity'"} and ${reduction.below ?? "'Infinity'"})::int) from ${from(of)}`;
    case 'increase':
      return `select ${across(reduction.across)} from ${perSeries('growth(value order by at)')}`;
    case 'rate':
      return `select ${across(reduction.across)} / seconds(period) from ${perSeries('growth(value order by at)')}`;
    case 'ratio': {
      const read = reduction.by === 'increase' ? 'growth(value order by at)' : overTime(reduction.by);
      const sum = (selector: MetricSelector) => `(select sum(v) from ${perSeries(read, selector)})`;
      return `select ${sum(of)} / ${sum(reduction.total)}`;
    }
    case 'upTime':
      return `select avg(value) * intervals_with_sample(at, '${measure.everySeconds}s') / intervals_expected('${measure.everySeconds}s') from ${from(of)}`;
    case 'staleness':
      return `select ${across(reduction.across)} from ${perSeries(`extract(epoch from timestamptz '${request.to}' - max(at))`)}`;
    case 'distinct':
      return `select count(distinct nullif(labels->>${literal(reduction.label)}, '')) from ${from(of)}`;
    case 'histogramQuantile':
      return `select histogram_quantile(${reduction.at}, le, v) from (select labels->>'le' as le, growth(value order by at) as v from ${from(bucketSelector(of))} group by series, le) s`;
  }
}

function overTime(reducer: OverTimeReducer): string {
  const at = quantileOf(reducer);
  if (at !== null) return `percentile_cont(${at}) within group (order by value)`;
  if (reducer === 'last') return '(array_agg(value order by at desc))[1]';
  return `${reducer === 'mean' ? 'avg' : reducer}(value)`;
}

function across(reducer: AcrossReducer): string {
  const at = quantileOf(reducer);
  if (at !== null) return `percentile_cont(${at}) within group (order by v)`;
  return `${reducer === 'mean' ? 'avg' : reducer}(v)`;
}

function source({ metric, matchers }: MetricSelector, { from, to }: MetricRequest): string {
  const conditions = [`metric = ${literal(metric)}`, ...matchers.map(condition)];
  return `readings where ${conditions.join(' and ')} and at >= '${from}' and at < '${to}'`;
}

function condition({ label, operator, value }: LabelMatcher): string {
  const column = `coalesce(labels->>${literal(label)}, '')`;
  const regular = `${literal(`^(?:${value})$`)}`;
  if (operator === '=~' || operator === '!~') return `${column} ${operator === '=~' ? '~' : '!~'} ${regular}`;
  return `${column} ${operator === '=' ? '=' : '<>'} ${literal(value)}`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
