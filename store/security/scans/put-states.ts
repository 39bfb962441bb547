import { sql } from 'kysely';
import type { BaselineResult, LogSighting } from '../../../collectors/contract.ts';
import type { Tx } from '../../schema/tables.ts';
import { assetIdOf } from '../assets/asset-id.ts';
import { storedKey } from '../stored-text.ts';
import type { ScanScope } from './scan-scope.ts';

const numberOf = ({ assetIds }: ScanScope, asset: string) => assetIds.get(assetIdOf(asset)) ?? 0;

/** Kept by the instant of their scan, outdated ones too: the newest before an instant counts. */
export async function putBaselines(
  tx: Tx,
  scope: ScanScope,
  baselines: readonly BaselineResult[],
): Promise<void> {
  if (baselines.length === 0) return;
  await sql`
    insert into security_baselines (asset_id, profile, at, passed, failed, other)
    select distinct on (b.asset_id, b.profile) b.asset_id, b.profile, ${scope.at}::timestamptz, b.passed, b.failed, b.other
    from unnest(${baselines.map(({ asset }) => numberOf(scope, asset))}::integer[],
      ${baselines.map(({ profile }) => storedKey(profile))}::text[],
      ${baselines.map(({ passed }) => passed)}::integer[], ${baselines.map(({ failed }) => failed)}::integer[],
      ${baselines.map(({ other }) => other)}::integer[]) as b (asset_id, profile, passed, failed, other)
    on conflict (asset_id, profile, at)
    do update set passed = excluded.passed, failed = excluded.failed, other = excluded.other`.execute(tx);
}

/** First and last sighting of each hour: whether an asset sent logs in a day is then known to the hour, at one row an hour. */
export async function putLogs(tx: Tx, scope: ScanScope, logs: readonly LogSighting[]): Promise<void> {
  if (logs.length === 0) return;
  await sql`
    insert into security_log_hours (asset_id, hour, first_at, last_at)
    select l.asset_id, date_trunc('hour', l.at, 'UTC'), min(l.at), max(l.at)
    from unnest(${logs.map(({ asset }) => numberOf(scope, asset))}::integer[],
      ${logs.map(({ lastAt }) => lastAt)}::timestamptz[]) as l (asset_id, at)
    group by 1, 2
    on conflict (asset_id, hour) do update set
      first_at = least(security_log_hours.first_at, excluded.first_at),
      last_at = greatest(security_log_hours.last_at, excluded.last_at)`.execute(tx);
}
