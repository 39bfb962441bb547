import { type RawBuilder, sql } from 'kysely';
import type { ScanOutcome } from '../../contract.ts';
import type { Tx } from '../../schema/tables.ts';
import { contentHash, type FindingContent } from '../findings/finding-content.ts';
import type { ScanScope } from './scan-scope.ts';
import { batchRows, fates, stageFindings } from './staged-findings.ts';

export type FindingCounts = Pick<
  ScanOutcome,
  'read' | 'new' | 'reopened' | 'fixed' | 'changed' | 'unchanged' | 'writes'
>;

/** Brings the findings of a report into the register; what did not change costs no write. */
export async function mergeFindings(
  tx: Tx,
  scope: ScanScope,
  contents: readonly FindingContent[],
): Promise<FindingCounts> {
  const counts = await stageFindings(tx, scope, contents);
  const writes = new WriteCount(tx);
  const reopened = counts.again === 0 ? 0 : await countReopened(tx);
  const fixed = await closeUnnamed(tx, scope, writes);
  if (counts.earlier > 0) await moveBack(scope, writes);
  if (counts.seen > 0) {
    await writes.run(sql`update security_sightings o set last_at = ${scope.at}
      from ${fates} d where d.fate = 'seen' and o.id = d.sighting_id`);
  }
  if (counts.changed > 0) await endChanged(scope, writes);
  if (counts.new > 0) {
    await writes.run(sql`insert into security_findings (asset_id, rule)
      select asset_id, rule from ${fates} where fate = 'new' order by position`);
  }
  if (counts.new + counts.again + counts.changed > 0) await insertSightings(tx, scope, { contents, writes });
  // The embedded engine has nobody who gathers statistics in the background.
  if (writes.rows > 0) {
    for (const table of ['security_findings', 'security_sightings'])
      await sql`analyze ${sql.table(table)}`.execute(tx);
  }
  const unchanged = counts.same + counts.seen + counts.earlier + counts.again - reopened;
  const { new: fresh, changed } = counts;
  return { read: contents.length, new: fresh, reopened, fixed, changed, unchanged, writes: writes.rows };
}

class WriteCount {
  readonly #tx: Tx;
  rows = 0;

  constructor(tx: Tx) {
    this.#tx = tx;
  }

  async run(statement: RawBuilder<unknown>): Promise<void> {
    const { numAffectedRows } = await statement.execute(this.#tx);
    this.rows += Number(numAffectedRows ?? 0);
  }
}

/** Known findings that this report names and that no scanner has open. */
async function countReopened(tx: Tx): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${fates} d
    where d.fate = 'again' and not exists (
      select from security_sightings o where o.finding_id = d.finding_id and o.to_at is null)`.execute(tx);
  return rows[0]?.rows ?? 0;
}

/**
 * Ends what the scanner had open on assets that it looked at in full and does not name any more; returns how many findings
 * are fixed by that, no other scanner having them open.
 */
async function closeUnnamed(tx: Tx, scope: ScanScope, writes: WriteCount): Promise<number> {
  const current = scope.full.filter((id) => !scope.outdated.has(id));
  if (current.length === 0) return 0;
  const { rows } = await sql<{ finding_id: number }>`
    update security_sightings o set to_at = ${scope.at} from security_findings f
    where f.id = o.finding_id and f.asset_id = any(${current}::integer[])
      and o.scanner = ${scope.scanner} and o.to_at is null and o.last_at <= ${scope.at}
      and not exists (select from ${fates} d where d.finding_id = f.id)
    returning o.finding_id`.execute(tx);
  writes.rows += rows.length;
  if (rows.length === 0) return 0;
  const { rows: counted } = await sql<{ rows: number }>`
    select count(*) as rows from unnest(${rows.map(({ finding_id }) => finding_id)}::integer[]) as c (id)
    where not exists (
      select from security_sightings o where o.finding_id = c.id and o.to_at is null)`.execute(tx);
  return counted[0]?.rows ?? 0;
}

/** An older report that names a finding before it was first seen adds the span up to then, saying what was said then. */
async function moveBack(scope: ScanScope, writes: WriteCount): Promise<void> {
  await writes.run(sql`
    insert into security_sightings
      (finding_id, scanner, from_at, to_at, last_at, severity, cvss, title, url, places, content_hash)
    select e.finding_id, ${scope.scanner}, ${scope.at}::timestamptz, e.from_at, ${scope.at}::timestamptz,
      e.severity, e.cvss, e.title, e.url, e.places, e.content_hash
    from (select distinct on (o.finding_id) o.* from ${fates} d
      join security_sightings o on o.finding_id = d.finding_id
      where d.fate = 'earlier' order by o.finding_id, o.from_at, o.id) e
    where e.from_at > ${scope.at}`);
}

/** What was said until now ends; what began at this very instant is replaced. */
async function endChanged(scope: ScanScope, writes: WriteCount): Promise<void> {
  const changed = sql`from ${fates} d where d.fate = 'changed' and o.id = d.sighting_id`;
  const using = sql`using ${fates} d where d.fate = 'changed' and o.id = d.sighting_id`;
  await writes.run(sql`delete from security_sightings o ${using} and o.from_at = ${scope.at}`);
  await writes.run(sql`update security_sightings o set to_at = ${scope.at} ${changed}`);
}

interface Named {
  readonly contents: readonly FindingContent[];
  readonly writes: WriteCount;
}

async function insertSightings(
  tx: Tx,
  { scanner, at }: ScanScope,
  { contents, writes }: Named,
): Promise<void> {
  const { rows } = await sql<{ positions: number[] | null; ids: number[] | null }>`
    select array_agg(d.position order by d.position) as positions, array_agg(f.id order by d.position) as ids
    from ${fates} d join security_findings f on f.asset_id = d.asset_id and f.rule = d.rule
    where d.fate in ('new', 'again', 'changed')`.execute(tx);
  const { positions, ids } = rows[0] ?? {};
  const named = (positions ?? []).flatMap((position, index) => {
    const content = contents[position];
    return content ? [{ ...content, findingId: ids?.[index] ?? 0, hash: contentHash(content) }] : [];
  });
  for (let from = 0; from < named.length; from += batchRows) {
    const batch = named.slice(from, from + batchRows);
    await writes.run(sql`
      insert into security_sightings
        (finding_id, scanner, from_at, last_at, severity, cvss, title, url, places, content_hash)
      select c.finding_id, ${scanner}, ${at}::timestamptz, ${at}::timestamptz,
        c.severity, c.cvss, c.title, c.url, c.places, c.hash
      from unnest(${batch.map(({ findingId }) => findingId)}::integer[],
        ${batch.map(({ severity }) => severity)}::smallint[], ${batch.map(({ cvss }) => cvss)}::float8[],
        ${batch.map(({ title }) => title)}::text[], ${batch.map(({ url }) => url)}::text[],
        ${batch.map(({ places }) => JSON.stringify(places))}::text[], ${batch.map(({ hash }) => hash)}::text[])
        as c (finding_id, severity, cvss, title, url, places, hash)`);
  }
}
