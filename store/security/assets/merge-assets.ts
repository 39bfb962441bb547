import { sql } from 'kysely';
import type { Tx } from '../../schema/tables.ts';
import { mergeAlarms } from '../alarms/merge-alarms.ts';
import { sortedOnce } from '../findings/finding-content.ts';

/** One asset that was known under two ids: all that is known of `from` goes to `to`, whose entry in the inventory stands. */
export async function mergeAssets(tx: Tx, from: number, to: number): Promise<void> {
  await mergeAlarms(tx, from, to);
  await closeUnseen(tx, from, to);
  await mergeFindingsOf(tx, from, to);
  await sql`insert into security_scan_assets (asset_id, scan_id)
    select ${to}::integer, scan_id from security_scan_assets where asset_id = ${from} on conflict do nothing`.execute(
    tx,
  );
  await sql`insert into security_baselines (asset_id, profile, at, passed, failed, other)
    select ${to}::integer, profile, at, passed, failed, other from security_baselines where asset_id = ${from}
    on conflict do nothing`.execute(tx);
  await sql`insert into security_log_hours as h (asset_id, hour, first_at, last_at)
    select ${to}::integer, hour, first_at, last_at from security_log_hours where asset_id = ${from}
    on conflict (asset_id, hour) do update set first_at = least(h.first_at, excluded.first_at),
      last_at = greatest(h.last_at, excluded.last_at)`.execute(tx);
  await sql`insert into security_inventory (asset_id, at, name, kind, owner, sends_logs)
    select ${to}::integer, i.at, i.name, i.kind, i.owner, i.sends_logs from security_inventory i
    where i.asset_id = ${from} and not exists (
      select from security_inventory j where j.asset_id = ${to} and j.at <= i.at)
    on conflict do nothing`.execute(tx);
  await sql`update security_asset_aliases set asset_id = ${to} where asset_id = ${from}`.execute(tx);
  await sql`insert into security_asset_aliases (subject_id, alias, asset_id)
    select subject_id, asset, ${to}::integer from security_assets where id = ${from}
    on conflict (subject_id, alias) do update set asset_id = excluded.asset_id`.execute(tx);
  await sql`update security_assets a set first_seen_at = least(a.first_seen_at, b.first_seen_at),
      kind = case when a.kind = '' then b.kind else a.kind end
    from security_assets b where a.id = ${to} and b.id = ${from}`.execute(tx);
  await sql`delete from security_assets where id = ${from}`.execute(tx);
}

/**
 * What a scanner has open under one id and did not name any more when it looked at the other id later is fixed by that.
 */
async function closeUnseen(tx: Tx, from: number, to: number): Promise<void> {
  await sql`update security_sightings o set to_at = gone.at from (
    select o.id, min(s.produced_at) as at from security_sightings o
    join security_findings f on f.id = o.finding_id and f.asset_id in (${from}, ${to})
    join security_scan_assets c on c.asset_id = ${from}::integer + ${to}::integer - f.asset_id
    join security_scans s on s.id = c.scan_id and s.scanner = o.scanner
    where o.to_at is null and s.produced_at > o.last_at
      and not exists (
        select from security_scan_assets own join security_scans t on t.id = own.scan_id
        where own.asset_id = f.asset_id and t.scanner = o.scanner and t.produced_at >= s.produced_at)
      and not exists (
        select from security_findings g join security_sightings p on p.finding_id = g.id
        where g.asset_id = c.asset_id and g.rule = f.rule and p.scanner = o.scanner
          and p.from_at <= s.produced_at and (p.to_at is null or p.to_at > s.produced_at))
    group by o.id) gone where gone.id = o.id`.execute(tx);
}

/** Findings of one rule become one: the spans of both, in which nothing stays open twice at one scanner. */
async function mergeFindingsOf(tx: Tx, from: number, to: number): Promise<void> {
  const { rows: pairs } = await sql<{ old: number; kept: number }>`
    select f.id as old, g.id as kept from security_findings f
    join security_findings g on g.asset_id = ${to} and g.rule = f.rule where f.asset_id = ${from}`.execute(
    tx,
  );
  const old = pairs.map((pair) => pair.old);
  const kept = pairs.map((pair) => pair.kept);
  await sql`update security_sightings o set finding_id = p.kept
    from unnest(${old}::integer[], ${kept}::integer[]) as p (old, kept) where o.finding_id = p.old`.execute(
    tx,
  );
  await sql`delete from security_findings where id = any(${old}::integer[])`.execute(tx);
  await sql`update security_findings set asset_id = ${to} where asset_id = ${from}`.execute(tx);
  await joinOpenSpans(tx, kept);
}

interface OpenSpan {
  readonly id: number;
  readonly finding_id: number;
  readonly scanner: string;
  readonly from_at: string;
  readonly last_at: string;
  readonly places: string;
}

/** The later of two open spans of a scanner goes on, with the places of both; the next scan says which still hold. */
async function joinOpenSpans(tx: Tx, findings: readonly number[]): Promise<void> {
  const { rows } = await sql<OpenSpan>`
    select id, finding_id, scanner, from_at, last_at, places from security_sightings
    where finding_id = any(${[...findings]}::integer[]) and to_at is null order by from_at desc, id desc`.execute(
    tx,
  );
  const groups = Map.groupBy(rows, ({ finding_id, scanner }) => `${finding_id} ${scanner}`);
  for (const [later, earlier] of groups.values()) {
    if (!later || !earlier) continue;
    const places = sortedOnce([later, earlier].flatMap((span) => JSON.parse(span.places) as string[]));
    const lastAt = later.last_at > earlier.last_at ? later.last_at : earlier.last_at;
    await sql`update security_sightings set places = ${JSON.stringify(places)}, content_hash = '', last_at = ${lastAt}
      where id = ${later.id}`.execute(tx);
    await sql`update security_sightings set to_at = ${later.from_at},
        last_at = least(last_at, ${later.from_at}::timestamptz) where id = ${earlier.id}`.execute(tx);
  }
}
