import { sql } from 'kysely';
import type { AssetFilter, AssetRow } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { baselinesAt } from '../figures.ts';
import { containing } from '../findings/finding-list.ts';
import { statesAt } from '../findings/states.ts';
import { bySeverity } from '../severity-counts.ts';
import { inventoryAt } from './inventory-at.ts';

interface Row {
  readonly id: number;
  readonly asset: string;
  readonly subject_id: string;
  readonly first_seen_at: string;
  readonly name: string;
  readonly kind: string;
  readonly owner: string | null;
  readonly sends_logs: boolean;
  readonly is_listed: boolean;
  readonly last_log: string | null;
  readonly last_scan: string | null;
  readonly aliases: readonly string[];
  readonly total: number;
}

export async function listAssets(
  db: Database,
  filter: AssetFilter,
): Promise<{ total: number; rows: AssetRow[] }> {
  const { at, isUnowned, search, offset, limit } = filter;
  const part = containing(search?.trim() ?? '');
  const { rows } = await sql<Row>`
    with chosen as materialized (select * from (${inventoryAt(filter)}) each
      where (${isUnowned ?? null}::boolean is null or (owner is null) = ${isUnowned ?? null}::boolean)
        and (asset ilike ${part} or name ilike ${part} or owner ilike ${part} or exists (
          select from security_asset_aliases l where l.asset_id = each.id and l.alias ilike ${part})))
    select page.*, array(select alias from security_asset_aliases l where l.asset_id = page.id order by alias collate "C")
        as aliases,
      (select max(s.produced_at) from security_scan_assets c join security_scans s on s.id = c.scan_id
        where c.asset_id = page.id and s.produced_at <= ${at}) as last_scan
    from (select *, (select count(*) from chosen) as total from chosen
      order by asset collate "C", subject_id collate "C" offset ${offset} limit ${limit}) page
    order by asset collate "C", subject_id collate "C"`.execute(db);
  const open = await openOf(db, filter, rows);
  const baselines = rows.length === 0 ? [] : await baselinesAt(db, filter);
  return {
    total:
      rows[0]?.total ?? (offset === 0 ? 0 : (await listAssets(db, { ...filter, offset: 0, limit: 1 })).total),
    rows: rows.map((row) => ({
      ...{ id: row.asset, name: row.name, kind: row.kind, owner: row.owner, aliases: row.aliases },
      ...{ sendsLogs: row.sends_logs, subject: row.subject_id, isListed: row.is_listed },
      ...{ firstSeenAt: row.first_seen_at, lastScanAt: row.last_scan, lastLogAt: row.last_log },
      open: bySeverity(open.filter(({ asset_id }) => asset_id === row.id)),
      baseline: newest(baselines.filter(({ assetId }) => assetId === row.id)),
    })),
  };
}

async function openOf(
  db: Database,
  filter: AssetFilter,
  assets: readonly Row[],
): Promise<readonly { asset_id: number; severity: number; count: number }[]> {
  if (assets.length === 0) return [];
  const { rows } = await sql<{ asset_id: number; severity: number; count: number }>`
    select asset_id, severity, count(*) as count from (${await statesAt(db, filter)}) state
    where is_open and not is_hidden and asset_id = any(${assets.map(({ id }) => id)}::integer[])
    group by asset_id, severity`.execute(db);
  return rows;
}

function newest(baselines: Awaited<ReturnType<typeof baselinesAt>>): AssetRow['baseline'] {
  const [last] = baselines.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  if (!last) return null;
  const { assetId: _, ...baseline } = last;
  return baseline;
}
