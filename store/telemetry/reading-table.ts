import { sql } from 'kysely';
import type { Reading } from '../../collectors/contract.ts';
import type { ReadingStatistics, ReadingTable } from '../contract.ts';
import type { Database, Tx } from '../schema/tables.ts';
import { compact } from './compaction.ts';
import { SeriesIds } from './series-ids.ts';

const batchSize = 5000;

interface Sample {
  readonly series: number;
  readonly at: number;
  readonly value: number;
}

/** Series were removed by another process since their ids were learnt. */
class SeriesGone extends Error {}

export interface OwnReadingTable extends ReadingTable {
  /** To be called when series were removed. */
  forgetSeries(): void;
}

export function openReadings(db: Database): OwnReadingTable {
  const ids = new SeriesIds();
  const put = (readings: readonly Reading[]) => db.transaction().execute((tx) => putAll(tx, readings, ids));
  return {
    async put(readings) {
      try {
        await put(readings);
      } catch (cause) {
        ids.forget();
        if (!(cause instanceof SeriesGone)) throw cause;
        await put(readings);
      }
    },
    async list(metric, from, to) {
      const { rows } = await sql<Reading & { ms: number }>`
        select s.metric, s.labels, r.at as ms, r.value
        from metric_samples r join metric_series s on s.id = r.series_id
        where s.metric = ${metric} and r.at >= ${Date.parse(from)}::bigint and r.at < ${Date.parse(to)}::bigint
        order by r.at, s.labels_hash`.execute(db);
      return rows.map(({ labels, ms, value }) => ({ metric, labels, at: new Date(ms).toISOString(), value }));
    },
    compact: (now, policy) => compact(db, Date.parse(now), policy),
    describe: () => describeReadings(db),
    forgetSeries: () => ids.forget(),
  };
}

async function putAll(tx: Tx, readings: readonly Reading[], ids: SeriesIds): Promise<void> {
  const horizon = await horizonOf(tx);
  for (let at = 0; at < readings.length; at += batchSize) {
    const batch = readings.slice(at, at + batchSize);
    const samples = lastPerKey(batch, await ids.of(tx, batch));
    const [old, fresh] = [
      samples.filter((sample) => sample.at < horizon),
      samples.filter((sample) => sample.at >= horizon),
    ];
    await insert(tx, fresh);
    await insert(tx, await withoutRolledUp(tx, old));
  }
}

async function horizonOf(db: Database): Promise<number> {
  const { rows } = await sql<{ at: number }>`select rolled_up_to as at from metric_horizon`.execute(db);
  return rows[0]?.at ?? 0;
}

/** Within one batch the last value for a key wins: one statement may not update a row twice. */
function lastPerKey(readings: readonly Reading[], ids: readonly number[]): Sample[] {
  const samples = new Map<string, Sample>();
  readings.forEach(({ metric, at, value }, index) => {
    const series = ids[index] ?? 0;
    const sample = { series, at: Date.parse(at), value };
    if (!Number.isFinite(value) || !Number.isFinite(sample.at)) {
      throw new RangeError(`reading of ${metric} at ${at} has the value ${value}: both must be finite`);
    }
    samples.set(`${series} ${sample.at}`, sample);
  });
  return [...samples.values()];
}

const columnsOf = (samples: readonly Sample[]) => sql`unnest(
  ${samples.map(({ series }) => series)}::integer[], ${samples.map(({ at }) => at)}::bigint[],
  ${samples.map(({ value }) => value)}::double precision[]) as x (series_id, at, value)`;

async function insert(tx: Tx, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  const done = await sql`insert into metric_samples (series_id, at, value)
    select x.series_id, x.at, x.value from ${columnsOf(samples)} join metric_series s on s.id = x.series_id
    on conflict (series_id, at) do update set value = excluded.value`.execute(tx);
  if (Number(done.numAffectedRows ?? 0) < samples.length) throw new SeriesGone();
}

/** What came before and was rolled up since must not be counted again when it is delivered twice. */
async function withoutRolledUp(tx: Tx, samples: readonly Sample[]): Promise<Sample[]> {
  if (samples.length === 0) return [];
  const { rows } = await sql<{ series: number; at: number; value: number }>`
    select x.series_id as series, x.at, x.value from ${columnsOf(samples)}
    where not exists (select from metric_buckets b
      where b.series_id = x.series_id and b.width in (300, 3600) and b.at = x.at - x.at % (b.width * 1000)
        and x.at between b.first_at and b.last_at)`.execute(tx);
  return rows;
}

async function describeReadings(db: Database): Promise<ReadingStatistics> {
  const { rows } = await sql<
    Record<'series' | 'samples' | 'buckets', number> & Record<'oldest' | 'newest', number | null>
  >`
    select (select count(*) from metric_series) as series, (select count(*) from metric_samples) as samples,
      (select count(*) from metric_buckets) as buckets,
      (select min(least((select at from metric_samples where series_id = s.id order by at limit 1),
        (select min(first_at) from metric_buckets where series_id = s.id))) from metric_series s) as oldest,
      (select max(greatest((select at from metric_samples where series_id = s.id order by at desc limit 1),
        (select max(last_at) from metric_buckets where series_id = s.id))) from metric_series s) as newest`.execute(
    db,
  );
  const [row] = rows;
  const instant = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString());
  return {
    series: row?.series ?? 0,
    rawSamples: row?.samples ?? 0,
    buckets: row?.buckets ?? 0,
    oldest: instant(row?.oldest),
    newest: instant(row?.newest),
  };
}
