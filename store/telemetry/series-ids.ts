import { sql } from 'kysely';
import type { Reading } from '../../collectors/contract.ts';
import { sha256Of } from '../../scoring/contract.ts';
import type { Database } from '../schema/tables.ts';

/** Beyond this the memory of known series is emptied: about 100 bytes each. */
const mostKnown = 200_000;

/** Ids of series, made when first seen and remembered: a look-up per sample would cost more than the sample. */
export class SeriesIds {
  readonly #known = new Map<string, number>();

  forget(): void {
    this.#known.clear();
  }

  /** In the order of the readings. */
  async of(db: Database, readings: readonly Reading[]): Promise<number[]> {
    if (this.#known.size > mostKnown) this.forget();
    const keys = readings.map(seriesKey);
    const missing = new Map<string, Reading>();
    readings.forEach((reading, index) => {
      const key = keys[index] ?? '';
      if (!this.#known.has(key)) missing.set(key, reading);
    });
    if (missing.size > 0) await this.#make(db, missing);
    return keys.map((key) => this.#known.get(key) ?? 0);
  }

  async #make(db: Database, missing: ReadonlyMap<string, Reading>): Promise<void> {
    const rows = [...missing].map(([key, { metric, labels }]) => {
      const text = JSON.stringify(sortedLabels(labels));
      return { key, metric, labels: text, hash: sha256Of(text) };
    });
    const columns = sql`unnest(${rows.map((row) => row.metric)}::text[], ${rows.map((row) => row.labels)}::jsonb[],
      ${rows.map((row) => row.hash)}::text[]) as x (metric, labels, hash)`;
    await sql`insert into metric_series (metric, labels, labels_hash, subject_id, job)
      select metric, labels, hash, labels->>'subject', labels->>'job' from ${columns}
      on conflict (metric, labels_hash) do nothing`.execute(db);
    const found = await sql<{ metric: string; hash: string; id: number }>`
      select s.metric, s.labels_hash as hash, s.id from ${columns}
        join metric_series s on s.metric = x.metric and s.labels_hash = x.hash`.execute(db);
    const ids = new Map(found.rows.map((row) => [`${row.metric} ${row.hash}`, row.id]));
    for (const { key, metric, hash } of rows) this.#known.set(key, ids.get(`${metric} ${hash}`) ?? 0);
  }
}

function sortedLabels(labels: Reading['labels']): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function seriesKey({ metric, labels }: Reading): string {
  const names = Object.keys(labels).sort();
  return names.reduce((key, name) => `${key}\n${name}\n${labels[name]}`, metric);
}
