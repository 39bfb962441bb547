import { sql } from 'kysely';
import { type ScannedAlarm, severities } from '../../../collectors/contract.ts';
import type { Tx } from '../../schema/tables.ts';
import { assetIdOf } from '../assets/asset-id.ts';
import { findAssets } from '../assets/scanned-assets.ts';
import type { ScanScope } from '../scans/scan-scope.ts';
import { storedKey, storedText } from '../stored-text.ts';

/** Alarms per statement. */
const batchRows = 1000;

/**
 * Alarms of one signature, asset and UTC day are one. Each file keeps its own count: a report that begins after what was read of a file
 * of that name goes on and adds to its count, one that tells the same time again replaces it when it tells more. Counts of files of
 * other names add up. Returns how many alarms are new.
 */
export async function putAlarms(tx: Tx, scope: ScanScope, alarms: readonly ScannedAlarm[]): Promise<number> {
  let added = 0;
  const assets = await alarmAssets(tx, scope, alarms);
  const merged = mergeOfOneReport(alarms, assets);
  for (let from = 0; from < merged.length; from += batchRows)
    added += await putBatch(tx, scope, merged.slice(from, from + batchRows));
  return added;
}

/** Reported asset -> id of the asset of the inventory; an address that is nobody's stands for itself. */
async function alarmAssets(
  tx: Tx,
  { subject }: ScanScope,
  alarms: readonly ScannedAlarm[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(alarms.map(({ asset }) => assetIdOf(asset)))];
  if (ids.length === 0) return new Map();
  const numbers = await findAssets(tx, subject, ids);
  const { rows } = await sql<{ id: number; asset: string }>`select id, asset from security_assets
    where id = any(${[...numbers.values()]}::integer[])`.execute(tx);
  const names = new Map(rows.map(({ id, asset }) => [id, asset]));
  return new Map(ids.map((id) => [id, names.get(numbers.get(id) ?? 0) ?? id]));
}

/** Two aliases of one asset may bring the same alarm twice in one report. */
function mergeOfOneReport(
  alarms: readonly ScannedAlarm[],
  assets: ReadonlyMap<string, string>,
): ScannedAlarm[] {
  const merged = new Map<string, ScannedAlarm>();
  for (const alarm of alarms) {
    const id = assetIdOf(alarm.asset);
    const one = { ...alarm, asset: assets.get(id) ?? id };
    const key = JSON.stringify([one.signature, one.asset, dayOf(one)]);
    const other = merged.get(key);
    merged.set(key, other ? joined(other, one) : one);
  }
  return [...merged.values()];
}

const dayOf = ({ firstAt }: ScannedAlarm) => new Date(firstAt).toISOString().slice(0, 10);

function joined(first: ScannedAlarm, second: ScannedAlarm): ScannedAlarm {
  const isEarlier = Date.parse(second.firstAt) < Date.parse(first.firstAt);
  const isLater = Date.parse(second.lastAt) > Date.parse(first.lastAt);
  return {
    ...first,
    severity:
      severities[Math.min(...[first, second].map(({ severity }) => severities.indexOf(severity)))] ??
      first.severity,
    firstAt: isEarlier ? second.firstAt : first.firstAt,
    lastAt: isLater ? second.lastAt : first.lastAt,
    count: first.count + second.count,
  };
}

async function putBatch(tx: Tx, scope: ScanScope, alarms: readonly ScannedAlarm[]): Promise<number> {
  const key = sql`${alarms.map(({ signature }) => storedKey(signature))}::text[],
    ${alarms.map(({ asset }) => asset)}::text[], ${alarms.map(dayOf)}::date[]`;
  const { numAffectedRows } = await sql`
    insert into security_alarms (subject_id, scanner, signature, asset, day, title, severity)
    select ${scope.subject}, ${scope.scanner}, a.signature, a.asset, a.day, a.title, a.severity
    from unnest(${key}, ${alarms.map(({ title }) => storedText(title))}::text[],
      ${alarms.map(({ severity }) => severities.indexOf(severity))}::smallint[])
      as a (signature, asset, day, title, severity)
    on conflict (subject_id, scanner, signature, asset, day) do nothing`.execute(tx);
  await sql`
    insert into security_alarm_parts as p (alarm_id, file_name, first_at, last_at, count)
    select s.id, ${storedKey(scope.fileName)}, a.first_at, a.last_at, a.count
    from unnest(${key}, ${alarms.map(({ firstAt }) => firstAt)}::timestamptz[],
      ${alarms.map(({ lastAt }) => lastAt)}::timestamptz[], ${alarms.map(({ count }) => count)}::integer[])
      as a (signature, asset, day, first_at, last_at, count)
    join security_alarms s on s.subject_id = ${scope.subject} and s.scanner = ${scope.scanner}
      and s.signature = a.signature and s.asset = a.asset and s.day = a.day
    on conflict (alarm_id, file_name) do update set
      count = case when excluded.first_at > p.last_at
        then p.count + excluded.count else greatest(p.count, excluded.count) end,
      first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at)`.execute(
    tx,
  );
  // An alarm that goes on may grow worse: failed logins are graded by their number.
  await sql`
    update security_alarms s set severity = a.severity
    from unnest(${key}, ${alarms.map(({ severity }) => severities.indexOf(severity))}::smallint[])
      as a (signature, asset, day, severity)
    where s.subject_id = ${scope.subject} and s.scanner = ${scope.scanner}
      and s.signature = a.signature and s.asset = a.asset and s.day = a.day and a.severity < s.severity`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}
