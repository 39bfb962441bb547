import { sql } from 'kysely';
import { printSelector, RegexFault } from '../../../scoring/contract.ts';
import type { NewestRequest, NewestValues } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { badSelector } from '../reasons.ts';
import { compileMatchers, namesSubject } from '../selector.ts';

interface SeriesRow {
  readonly id: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** The newest sample of each series within the lookback, or the last one of a bucket that lies within it. */
export async function newestReadings(db: Database, request: NewestRequest): Promise<NewestValues> {
  const { selector, at, lookbackSeconds } = request;
  try {
    const matches = compileMatchers(selector.matchers);
    const series = (await seriesOf(db, request)).filter(({ labels }) => matches(labels));
    const to = Date.parse(at);
    const from = to - lookbackSeconds * 1000;
    const { rows } = await sql<{ id: number; value: number }>`
      select s.id, newest.value from unnest(${series.map(({ id }) => id)}::integer[]) as s (id)
      cross join lateral (
        (select at, value from metric_samples where series_id = s.id and at between ${from}::bigint and ${to}::bigint
          order by at desc limit 1)
        union all
        (select last_at, last from metric_buckets
          where series_id = s.id and last_at between ${from}::bigint and ${to}::bigint order by last_at desc limit 1)
        order by 1 desc limit 1) newest`.execute(db);
    const values = new Map(rows.map(({ id, value }) => [id, value]));
    return {
      series: series.flatMap(({ id, labels }) => {
        const value = values.get(id);
        return value === undefined ? [] : [{ labels, value }];
      }),
    };
  } catch (cause) {
    if (cause instanceof RegexFault) return { fault: badSelector(printSelector(selector), cause.message) };
    throw cause;
  }
}

async function seriesOf(db: Database, { selector, subjects }: NewestRequest): Promise<SeriesRow[]> {
  const isAny = subjects === null || namesSubject(selector);
  const { rows } = await sql<SeriesRow>`
    select id, labels from metric_series
    where metric = ${selector.metric} and (${isAny} or subject_id = any(${[...(subjects ?? [])]}::text[]))
    order by labels_hash`.execute(db);
  return rows;
}
