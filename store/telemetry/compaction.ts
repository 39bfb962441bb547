import { type RawBuilder, sql } from 'kysely';
import type { ReadingTable, RetentionPolicy } from '../contract.ts';
import type { Database, Tx } from '../schema/tables.ts';
import { removeOldRuns } from './old-runs.ts';

/** What one step works on at most: a bound for the time that other work waits. */
const seriesPerStep = 100;
const daysPerStep = { raw: 1, buckets: 30 };
const day = 86_400_000;
const hour = 3_600_000;
/** A bucket of 0 seconds is a raw sample. */
const widths = { raw: 0, fiveMinutes: 300, hour: 3600 } as const;

interface Move {
  readonly from: number;
  /** Null = removed. */
  readonly to: number | null;
  /** What lies before this instant moves. */
  readonly before: number;
}

/** One step: the first move that has anything left to do, for some of its series; then old runs. */
export async function compact(
  db: Database,
  now: number,
  policy: RetentionPolicy,
): ReturnType<ReadingTable['compact']> {
  for (const move of movesOf(now, policy)) {
    const removed = await db.transaction().execute((tx) => step(tx, move));
    if (removed > 0) return { removed, isDone: false };
  }
  await removeEmptySeries(db);
  const removed = await removeOldRuns(db, now, policy);
  return { removed, isDone: removed === 0 };
}

/**
 * From fine to coarse, each level moved to the next that is kept. Cuts lie on whole hours, so that no bucket is made of
 * a part of its samples. Buckets of a level that is no longer kept go with the finer one.
 */
export function movesOf(now: number, { rawDays, fiveMinuteDays, hourDays }: RetentionPolicy): Move[] {
  const before = (days: number) => Math.floor((now - days * day) / hour) * hour;
  const afterFive = hourDays > 0 ? widths.hour : null;
  const afterRaw = fiveMinuteDays > 0 ? widths.fiveMinutes : afterFive;
  const fiveDays = fiveMinuteDays > 0 ? fiveMinuteDays : rawDays;
  return [
    { from: widths.raw, to: afterRaw, before: before(rawDays) },
    { from: widths.fiveMinutes, to: afterFive, before: before(fiveDays) },
    { from: widths.hour, to: null, before: before(hourDays > 0 ? hourDays : fiveDays) },
  ];
}

async function step(tx: Tx, move: Move): Promise<number> {
  const ids = await seriesWith(tx, move);
  if (ids.length === 0) return 0;
  const isRaw = move.from === widths.raw;
  const oldest = await oldestOf(tx, ids, move.from);
  const days = isRaw ? daysPerStep.raw : daysPerStep.buckets;
  const before = Math.min(move.before, Math.floor(oldest / hour) * hour + days * day);
  if (move.to !== null) {
    await sql`update metric_horizon set rolled_up_to = greatest(rolled_up_to, ${before}::bigint)`.execute(tx);
    await rollUp(tx, ids, { from: move.from, to: move.to, before, oldest });
  }
  const table = isRaw ? sql`metric_samples` : sql`metric_buckets`;
  const ofWidth = isRaw ? sql`true` : sql`width = ${move.from}`;
  const gone = await sql`delete from ${table}
    where series_id = any(${ids}::integer[]) and ${ofWidth} and at < ${before}::bigint`.execute(tx);
  return Number(gone.numAffectedRows ?? 0);
}

/** Series with something to move: one look into the index each. */
async function seriesWith(tx: Tx, { from, before }: Move): Promise<number[]> {
  const has =
    from === widths.raw
      ? sql`exists (select from metric_samples r where r.series_id = s.id and r.at < ${before}::bigint)`
      : sql`exists (select from metric_buckets b where b.series_id = s.id and b.width = ${from} and b.at < ${before}::bigint)`;
  const { rows } = await sql<{ id: number }>`
    select id from metric_series s where ${has} order by id limit ${seriesPerStep}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Of the width that moves alone: coarser buckets are older as a rule, and a step counted from them would reach none of it. */
async function oldestOf(tx: Tx, ids: readonly number[], width: number): Promise<number> {
  const from =
    width === widths.raw ? sql`metric_samples where true` : sql`metric_buckets where width = ${width}`;
  const { rows } = await sql<{ at: number }>`
    select min(at) as at from ${from} and series_id = any(${ids}::integer[])`.execute(tx);
  return rows[0]?.at ?? 0;
}

interface RollUp {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly oldest: number;
}

/** Buckets joined in order of time: the growth across a border is that from the last value to the next first one. */
async function rollUp(tx: Tx, ids: readonly number[], { from, to, before, oldest }: RollUp) {
  const length = to * 1000;
  const parts = partsOf(ids, { from, before });
  await sql`
    insert into metric_buckets (series_id, width, at, count, sum, min, max, first, last, first_at, last_at, growth)
    select series_id, ${to}::integer, bucket, sum(count), sum(sum), min(min), max(max),
      (array_agg(first order by first_at))[1], (array_agg(last order by last_at desc))[1], min(first_at), max(last_at),
      sum(growth + case when before is null then 0 when first >= before then first - before else first end)
    from (
      select *, lag(last) over (partition by series_id, bucket order by first_at) as before
      from (
        select *, first_at - first_at % ${length}::bigint as bucket from ${parts}
        union all
        select b.series_id, b.first_at, b.last_at, b.count, b.sum, b.min, b.max, b.first, b.last, b.growth, b.at
        from metric_buckets b where b.series_id = any(${ids}::integer[]) and b.width = ${to}
          and b.at > ${oldest - length}::bigint and b.at < ${before}::bigint) placed) joined
    group by series_id, bucket
    on conflict (series_id, width, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min,
      max = excluded.max, first = excluded.first, last = excluded.last, first_at = excluded.first_at,
      last_at = excluded.last_at, growth = excluded.growth`.execute(tx);
}

function partsOf(
  ids: readonly number[],
  { from, before }: Pick<RollUp, 'from' | 'before'>,
): RawBuilder<unknown> {
  if (from !== widths.raw) {
    return sql`(select series_id, first_at, last_at, count, sum, min, max, first, last, growth from metric_buckets
      where series_id = any(${ids}::integer[]) and width = ${from} and at < ${before}::bigint) parts`;
  }
  return sql`(select series_id, at as first_at, at as last_at, 1 as count, value as sum, value as min, value as max,
      value as first, value as last, 0::double precision as growth from metric_samples
    where series_id = any(${ids}::integer[]) and at < ${before}::bigint) parts`;
}

/** Series of which nothing is left; a new sample makes them again. */
async function removeEmptySeries(db: Database): Promise<void> {
  await sql`delete from metric_series s
    where not exists (select from metric_samples r where r.series_id = s.id)
      and not exists (select from metric_buckets b where b.series_id = s.id)`.execute(db);
}
