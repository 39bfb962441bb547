import { sql } from 'kysely';
import type { Reading } from '../collectors/contract.ts';
import { canonicalJson, sha256Of } from '../scoring/contract.ts';
import type { ReadingTable } from './contract.ts';
import type { Database } from './schema/tables.ts';

const batchSize = 5000;

export function openReadings(db: Database): ReadingTable {
  return {
    put: (readings) =>
      db.transaction().execute(async (tx) => {
        for (let at = 0; at < readings.length; at += batchSize) {
          await putBatch(tx, readings.slice(at, at + batchSize));
        }
      }),
    async list(metric, from, to) {
      const { rows } = await sql<Reading>`
        select metric, labels, at, value from readings
        where metric = ${metric} and at >= ${from}::timestamptz and at < ${to}::timestamptz
        order by at, labels_hash`.execute(db);
      return rows;
    },
    compact: async () => ({ removed: 0, isDone: true }),
    describe: async () => ({ series: 0, rawSamples: 0, buckets: 0, oldest: null, newest: null }),
  };
}

async function putBatch(db: Database, readings: readonly Reading[]): Promise<void> {
  const rows = readings.map((reading) => {
    const labels = canonicalJson(reading.labels);
    return { ...reading, labels, hash: sha256Of(labels) };
  });
  // Within one batch the last value for a key wins: one statement may not update a row twice.
  const last = [
    ...new Map(rows.map((row) => [`${row.metric} ${row.hash} ${Date.parse(row.at)}`, row])).values(),
  ];
  await sql`insert into readings (metric, labels_hash, labels, at, value)
    select * from unnest(
      ${last.map((row) => row.metric)}::text[], ${last.map((row) => row.hash)}::text[],
      ${last.map((row) => row.labels)}::jsonb[], ${last.map((row) => row.at)}::timestamptz[],
      ${last.map((row) => row.value)}::double precision[])
    on conflict (metric, at, labels_hash) do update set value = excluded.value`.execute(db);
}
