import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../schema/tables.ts';
import type { Band } from '../needs.ts';
import { intervalsIn, type Span } from '../span.ts';

const longestBucketMilliseconds = 3_600_000;

export interface SummaryRow {
  readonly id: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly last_at: number;
  readonly is_cut: boolean;
}

/**
 * Samples and buckets of the series in the span, one row each. A bucket that a border cuts counts where its middle lies,
 * and says so.
 */
export function partsOf(ids: readonly number[], { from, to }: Span): RawBuilder<unknown> {
  return sql`(
    select s.series_id, s.at as first_at, s.at as last_at, 1 as count, s.value as sum, s.value as min, s.value as max,
      s.value as first, s.value as last, 0::double precision as growth, 0 as width, false as is_cut
    from metric_samples s
    where s.series_id = any(${ids}::integer[]) and s.at >= ${from}::bigint and s.at < ${to}::bigint
    union all
    select b.series_id, b.first_at, b.last_at, b.count, b.sum, b.min, b.max, b.first, b.last, b.growth, b.width,
      b.first_at < ${from}::bigint or b.last_at >= ${to}::bigint
    from metric_buckets b
    where b.series_id = any(${ids}::integer[]) and b.width in (300, 3600)
      and b.at > ${from - longestBucketMilliseconds}::bigint and b.at < ${to}::bigint
      and b.at + b.width * 500 >= ${from}::bigint and b.at + b.width * 500 < ${to}::bigint) parts`;
}

/** Added up in order of time, so that a sum of samples does not change in its last digits when some of them move into buckets. */
export async function readSummaries(db: Database, ids: readonly number[], span: Span): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    select series_id as id, sum(count)::bigint as count, sum(sum order by first_at) as sum, min(min) as min, max(max) as max,
      max(last_at) as last_at, bool_or(is_cut) as is_cut
    from ${partsOf(ids, span)} group by series_id`.execute(db);
  return rows;
}

/** The value of each series' latest sample in the span. */
export async function readLast(db: Database, ids: readonly number[], span: Span) {
  const { rows } = await sql<{ id: number; last: number }>`
    select distinct on (series_id) series_id as id, last
    from ${partsOf(ids, span)} order by series_id, last_at desc`.execute(db);
  return rows;
}

/**
 * Intervals that hold a sample. A bucket longer than the interval is taken to be without gaps inside: it holds as many
 * intervals as it has samples, at most all of its own.
 */
export async function readPresence(
  db: Database,
  ids: readonly number[],
  { span, everySeconds }: { readonly span: Span; readonly everySeconds: number },
) {
  const every = everySeconds * 1000;
  const to = Math.min(span.to, span.from + intervalsIn(span, everySeconds) * every);
  const parts = partsOf(ids, { from: span.from, to });
  const intervalOf = (at: 'first_at' | 'last_at') =>
    sql`(${sql.ref(at)} - ${span.from}::bigint) / ${every}::bigint`;
  const { rows } = await sql<{ id: number; present: number }>`
    select series_id as id, sum(present)::bigint as present from (
      select series_id, count(*) as present from (
        select series_id, ${intervalOf('first_at')} from ${parts} where width * 1000 <= ${every}::bigint
        union
        select series_id, ${intervalOf('last_at')} from ${parts} where width > 0 and width * 1000 <= ${every}::bigint
      ) held group by series_id
      union all
      select series_id, sum(least(count, width * 1000 / ${every}::bigint)) from ${parts}
      where width * 1000 > ${every}::bigint group by series_id) counted
    group by series_id`.execute(db);
  return rows;
}

export interface GrowthRow {
  readonly id: number;
  readonly growth: number;
  readonly first: number;
  readonly prior: number | null;
  readonly prior_at: number | null;
}

/** Growth between samples of the span, a fall counted as a new beginning at 0, and the last sample before the span. */
export async function readGrowth(db: Database, ids: readonly number[], span: Span): Promise<GrowthRow[]> {
  const before = { from: 0, to: span.from };
  const { rows } = await sql<GrowthRow>`
    select stepped.id, stepped.growth, stepped.first, prior.value as prior, prior.at as prior_at
    from (
      select series_id as id, sum(growth + case when before is null then 0 when first >= before then first - before else first end) as growth,
        (array_agg(first order by first_at) filter (where before is null))[1] as first
      from (select *, lag(last) over (partition by series_id order by first_at) as before from ${partsOf(ids, span)}) steps
      group by series_id) stepped
    left join lateral (
      select * from (
        (select s.at, s.value from metric_samples s where s.series_id = stepped.id and s.at < ${before.to}::bigint
          order by s.at desc limit 1)
        union all
        (select b.last_at, b.last from metric_buckets b where b.series_id = stepped.id and b.width = 300
          and b.at < ${before.to}::bigint and b.last_at < ${before.to}::bigint order by b.at desc limit 1)
        union all
        (select b.last_at, b.last from metric_buckets b where b.series_id = stepped.id and b.width = 3600
          and b.at < ${before.to}::bigint and b.last_at < ${before.to}::bigint order by b.at desc limit 1)) candidates
      order by at desc limit 1) prior on true`.execute(db);
  return rows;
}

/** Percentiles by linear interpolation; a bucket stands for its samples by their mean. */
export async function readQuantiles(
  db: Database,
  ids: readonly number[],
  { span, at }: { readonly span: Span; readonly at: number },
) {
  const { rows } = await sql<{ id: number; quantile: number; is_estimated: boolean }>`
    select series_id as id, bool_or(min <> max) as is_estimated,
      percentile_cont(${at}::double precision) within group (order by sum / count) as quantile
    from ${partsOf(ids, span)} cross join lateral generate_series(1, count) as copies
    group by series_id`.execute(db);
  return rows;
}

/** Samples within the band; a bucket that lies in it only in part counts by its mean. */
export async function readInBand(
  db: Database,
  ids: readonly number[],
  { span, band }: { readonly span: Span; readonly band: Band },
) {
  const low = sql`${band.above ?? '-Infinity'}::double precision`;
  const high = sql`${band.below ?? 'Infinity'}::double precision`;
  const { rows } = await sql<{ id: number; in_band: number; is_estimated: boolean }>`
    select series_id as id, coalesce(sum(count) filter (where sum / count between ${low} and ${high}), 0)::bigint as in_band,
      bool_or(max >= ${low} and min <= ${high} and not (min >= ${low} and max <= ${high})) as is_estimated
    from ${partsOf(ids, span)} group by series_id`.execute(db);
  return rows;
}
