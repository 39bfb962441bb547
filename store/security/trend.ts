import { type RawBuilder, sql } from 'kysely';
import type { Severity } from '../../collectors/contract.ts';
import type { SecurityRegister } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { firstLook } from './figures.ts';
import { hiddenAt } from './findings/hidden.ts';
import { bySeverity } from './severity-counts.ts';

/** So many findings are open at the instants `low` <= place < `high`. */
interface Stretch {
  readonly severity: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

type Point = { readonly at: string; readonly open: Readonly<Record<Severity, number>> | null };

/** One pass for all instants: each finding is open from one of them to another. */
export async function trendOf(
  db: Database,
  subjects: readonly string[],
  instants: readonly string[],
): ReturnType<SecurityRegister['trend']> {
  const first = await firstLook(db, subjects);
  if (first === null || instants.length === 0) return instants.map((at) => ({ at, open: null }));
  const stretches = await stretchesOf(db, subjects, instants);
  return instants.map((at, place): Point => {
    if (Date.parse(at) < Date.parse(first)) return { at, open: null };
    const covering = stretches.filter(({ low, high }) => low <= place && place < high);
    const totals = [...Map.groupBy(covering, ({ severity }) => severity)].map(([severity, rows]) => ({
      severity,
      count: rows.reduce((sum, { count }) => sum + count, 0),
    }));
    return { at, open: bySeverity(totals) };
  });
}

/**
 * Findings of one span that no suppression touches are counted by their stretch; the few others at each instant on its own, where
 * the worst severity of the scanners counts and suppressions hide.
 */
async function stretchesOf(
  db: Database,
  subjects: readonly string[],
  instants: readonly string[],
): Promise<readonly Stretch[]> {
  const hidden = await hiddenByPlace(db, subjects, instants);
  const times = sql`${[...instants]}::timestamptz[]`;
  const placeOf = (time: RawBuilder<unknown>) =>
    sql`width_bucket(${time} - interval '1 microsecond', ${times})`;
  const { rows } = await sql<Stretch>`
    with hidden as materialized (${hidden}),
    span as materialized (
      select o.finding_id, o.severity, ${placeOf(sql`o.from_at`)} as low,
        coalesce(${placeOf(sql`o.to_at`)}, ${instants.length}::integer) as high
      from security_sightings o where o.from_at <= ${instants.at(-1)}),
    finding as materialized (
      select f.id, f.rule, f.asset_id, a.subject_id, s.severity, s.low, s.high,
        s.spans > 1 or f.rule in (select rule from hidden) as is_counted_singly
      from (select finding_id, count(*) as spans, min(severity) as severity, min(low) as low, max(high) as high
        from span where low < high group by finding_id) s
      join security_findings f on f.id = s.finding_id join security_assets a on a.id = f.asset_id
      where a.subject_id = any(${[...subjects]}::text[])),
    singly as (
      select f.id, f.rule, f.asset_id, f.subject_id, place, min(span.severity) as severity
      from finding f join span on span.finding_id = f.id, generate_series(span.low, span.high - 1) as place
      where f.is_counted_singly group by f.id, f.rule, f.asset_id, f.subject_id, place)
    select severity, low, high, count(*) as count from finding where not is_counted_singly
    group by severity, low, high
    union all
    select severity, place, place + 1, count(*) from singly where not exists (
      select from hidden where hidden.place = singly.place and hidden.subject_id = singly.subject_id
        and hidden.rule = singly.rule and (hidden.asset_id is null or hidden.asset_id = singly.asset_id))
    group by severity, place`.execute(db);
  return rows;
}

async function hiddenByPlace(
  db: Database,
  subjects: readonly string[],
  instants: readonly string[],
): Promise<RawBuilder<unknown>> {
  const rows: { place: number; subject: string; rule: string; asset: number | null }[] = [];
  for (const [place, at] of instants.entries()) {
    for (const { subject_id, rule, asset_id } of await hiddenAt(db, { subjects, at }))
      rows.push({ place, subject: subject_id, rule, asset: asset_id });
  }
  return sql`select * from unnest(${rows.map(({ place }) => place)}::integer[],
    ${rows.map(({ subject }) => subject)}::text[], ${rows.map(({ rule }) => rule)}::text[],
    ${rows.map(({ asset }) => asset)}::integer[]) as h (place, subject_id, rule, asset_id)`;
}
