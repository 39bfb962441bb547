import { sql } from 'kysely';
import { discoverySuffix, type SecurityFigures } from '../../collectors/contract.ts';
import type { AsOf } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { inventoryAt } from './assets/inventory-at.ts';
import { statesAt } from './findings/states.ts';
import { bySeverity, daysBetween } from './severity-counts.ts';

/** A scan that looked for findings, as opposed to a log, a stream of alarms or a list of the hosts that are up. */
const isLook = sql`(scan.read > 0 or scan.assets > 0 and not scan.scanner like ${`%${discoverySuffix}`})`;

export async function figuresAt(db: Database, request: AsOf): Promise<SecurityFigures> {
  const scanners = await newestScans(db, request);
  const findings = scanners.length === 0 ? noFindings : await findingFigures(db, request);
  return {
    ...findings,
    assets: await assetFigures(db, request),
    baselines: (await baselinesAt(db, request)).map(({ assetId: _, ...baseline }) => baseline),
    logSources: await logFigures(db, request),
    alarms: await alarmFigures(db, request),
    scanners,
  };
}

const noFindings = { open: null, suppressed: null, oldestAgeDays: null } as const;

async function newestScans(db: Database, { subjects, at }: AsOf): Promise<SecurityFigures['scanners']> {
  const { rows } = await sql<{ scanner: string; at: string }>`
    select scan.scanner, max(scan.produced_at) as at from security_scans scan
    where scan.subject_id = any(${[...subjects]}::text[]) and scan.produced_at <= ${at} and ${isLook}
    group by scan.scanner order by scan.scanner collate "C"`.execute(db);
  return rows;
}

/** The instant of the first scan that looked for findings; null without one. */
export async function firstLook(db: Database, subjects: readonly string[]): Promise<string | null> {
  const { rows } = await sql<{
    at: string | null;
  }>`select min(scan.produced_at) as at from security_scans scan
    where scan.subject_id = any(${[...subjects]}::text[]) and ${isLook}`.execute(db);
  return rows[0]?.at ?? null;
}

async function findingFigures(
  db: Database,
  request: AsOf,
): Promise<Pick<SecurityFigures, 'open' | 'suppressed' | 'oldestAgeDays'>> {
  const { rows } = await sql<{ severity: number; is_hidden: boolean; count: number; first_seen: string }>`
    select severity, is_hidden, count(*) as count, min(first_seen) as first_seen
    from (${await statesAt(db, request)}) state where is_open group by severity, is_hidden`.execute(db);
  const shown = rows.filter(({ is_hidden }) => !is_hidden);
  const ages = shown.map(({ severity, first_seen }) => ({
    severity,
    count: daysBetween(first_seen, request.at),
  }));
  return {
    open: bySeverity(shown),
    suppressed: bySeverity(rows.filter(({ is_hidden }) => is_hidden)),
    oldestAgeDays: bySeverity(ages),
  };
}

async function assetFigures(db: Database, request: AsOf): Promise<SecurityFigures['assets']> {
  const { rows } = await sql<{ all: number; unowned: number }>`
    select count(*) as all, count(*) filter (where owner is null) as unowned
    from (${inventoryAt(request)}) asset`.execute(db);
  const [counts] = rows;
  return counts && counts.all > 0 ? counts : null;
}

/** The newest pass over each asset and profile, by asset. */
export async function baselinesAt(
  db: Database,
  { subjects, at }: AsOf,
): Promise<readonly (SecurityFigures['baselines'][number] & { readonly assetId: number })[]> {
  const { rows } = await sql<SecurityFigures['baselines'][number] & { assetId: number }>`
    select "assetId", asset, profile, passed, failed, other, at from (
      select distinct on (b.asset_id, b.profile) b.asset_id as "assetId", a.asset, b.profile, b.passed, b.failed, b.other, b.at
      from security_baselines b join security_assets a on a.id = b.asset_id
      where a.subject_id = any(${[...subjects]}::text[]) and b.at <= ${at}
      order by b.asset_id, b.profile, b.at desc) newest
    order by asset collate "C", profile collate "C"`.execute(db);
  return rows;
}

async function logFigures(db: Database, request: AsOf): Promise<SecurityFigures['logSources']> {
  const { rows } = await sql<{ expected: number; reporting: number }>`
    select count(*) as expected, count(*) filter (
      where last_log > ${request.at}::timestamptz - interval '24 hours') as reporting
    from (${inventoryAt(request)}) asset where sends_logs`.execute(db);
  const [counts] = rows;
  return counts && counts.expected > 0 ? counts : null;
}

async function alarmFigures(db: Database, { subjects, at }: AsOf): Promise<SecurityFigures['alarms']> {
  const { rows } = await sql<{ raised: number; confirmed: number; dismissed: number }>`
    select count(*) as raised, count(*) filter (where j.verdict = 'confirmed') as confirmed,
      count(*) filter (where j.verdict = 'dismissed') as dismissed
    from security_alarms alarm left join lateral (
      select verdict from security_judgements j where j.alarm_id = alarm.id and j.at <= ${at}
      order by j.at desc, j.id desc limit 1) j on true
    where alarm.subject_id = any(${[...subjects]}::text[]) and exists (
      select from security_alarm_parts p where p.alarm_id = alarm.id and p.first_at <= ${at})`.execute(db);
  const [counts] = rows;
  return counts && counts.raised > 0 ? counts : null;
}
