import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../schema/tables.ts';
import { contentHash, type FindingContent } from '../findings/finding-content.ts';
import type { ScanScope } from './scan-scope.ts';

/** Rows per statement: as the imports of records have it. */
export const batchRows = 2000;

/**
 * What becomes of a finding of a report: `new`, `again` (known, but not open at this scanner), `changed`, `same`, `seen` (the same,
 * and only the report itself says so), `earlier` (older than what is known: it can only move first seen back), `ignored` (older, and unknown).
 */
export type Fate = 'new' | 'again' | 'changed' | 'same' | 'seen' | 'earlier' | 'ignored';

/** Findings beside what the register knows of them, by place in the list; gone with the transaction. */
export const fates: RawBuilder<unknown> = sql.table('scan_fates');

export async function stageFindings(
  tx: Tx,
  scope: ScanScope,
  contents: readonly FindingContent[],
): Promise<Readonly<Record<Fate, number>>> {
  await sql`create temporary table scan_rows (position integer, asset_id integer, rule text, hash text)
    on commit drop`.execute(tx);
  for (let from = 0; from < contents.length; from += batchRows) {
    const batch = contents.slice(from, from + batchRows);
    await sql`insert into scan_rows select * from unnest(
      ${batch.map((_, index) => from + index)}::integer[], ${batch.map(({ assetId }) => assetId)}::integer[],
      ${batch.map(({ rule }) => rule)}::text[], ${batch.map(contentHash)}::text[])`.execute(tx);
  }
  await sql`analyze scan_rows`.execute(tx);
  await sql`create temporary table scan_fates on commit drop as
    select r.position, r.asset_id, r.rule, f.id as finding_id, o.id as sighting_id,
      case when f.id is null then case when r.asset_id = any(${[...scope.outdated]}::integer[])
          then 'ignored' else 'new' end
        when r.asset_id = any(${[...scope.outdated]}::integer[]) or o.from_at > ${scope.at} then 'earlier'
        when o.id is null then 'again'
        when o.content_hash <> r.hash then 'changed'
        when r.asset_id = any(${[...scope.full]}::integer[]) or o.last_at >= ${scope.at} then 'same'
        else 'seen' end as fate
    from scan_rows r
    left join security_findings f on f.asset_id = r.asset_id and f.rule = r.rule
    left join security_sightings o
      on o.finding_id = f.id and o.scanner = ${scope.scanner} and o.to_at is null`.execute(tx);
  await sql`analyze scan_fates`.execute(tx);
  const { rows } = await sql<{ fate: Fate; rows: number }>`
    select fate, count(*) as rows from scan_fates group by fate`.execute(tx);
  const counts = { new: 0, again: 0, changed: 0, same: 0, seen: 0, earlier: 0, ignored: 0 };
  for (const { fate, rows: count } of rows) counts[fate] = count;
  return counts;
}
