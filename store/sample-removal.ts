import { sql } from 'kysely';
import { recordKinds } from '../collectors/contract.ts';
import type { EvidenceStore } from './contract.ts';
import type { Connection } from './driver/connection.ts';
import { type Database, recordTables, type Tx } from './schema/tables.ts';

type Removed = Awaited<ReturnType<EvidenceStore['removeSample']>>;

/** Removes the sample subjects and all that belongs to them, in one transaction. */
export async function removeSample(connection: Connection): Promise<Removed> {
  const removed = await removeSubjects(connection.db);
  if (removed.records > 0) {
    for (const kind of recordKinds) await connection.tidy(recordTables[kind]);
  }
  if (removed.subjects > 0) {
    const large = ['metric_samples', 'metric_buckets', 'security_findings', 'security_sightings'];
    for (const table of large) await connection.tidy(table);
  }
  return removed;
}

function removeSubjects(db: Database): Promise<Removed> {
  return db.transaction().execute(async (tx) => {
    const found = await tx.selectFrom('subjects').select('id').where('is_sample', '=', true).execute();
    const ids = found.map(({ id }) => id);
    if (ids.length === 0) return { records: 0, evaluations: 0, subjects: 0 };
    const records = await removeRecords(tx, ids);
    await removeFrom(tx, 'observations', ids);
    await removeFrom(tx, 'reports', ids);
    await removeFrom(tx, 'imports', ids);
    await removeTelemetry(tx, ids);
    await removeSecurity(tx, ids);
    await removeSlos(tx, ids);
    await sql`delete from quality_runs where subject_id = any(${ids}::text[])`.execute(tx);
    for (const table of ['threshold_states', 'threshold_changes'])
      await sql`delete from ${sql.table(table)} where subject_id = any(${ids}::text[])`.execute(tx);
    await sql`delete from resolutions where subject_id = any(${ids}::text[])`.execute(tx);
    const evaluations = await removeFrom(tx, 'evaluations', ids);
    await sql`delete from models m
      where not exists (select from evaluations e where e.model_sha256 = m.sha256)`.execute(tx);
    await sql`delete from subjects where id = any(${ids}::text[])`.execute(tx);
    return { records, evaluations, subjects: ids.length };
  });
}

async function removeTelemetry(tx: Tx, ids: readonly string[]): Promise<void> {
  const series = sql`(select id from metric_series where subject_id = any(${ids}::text[]))`;
  await sql`delete from metric_samples where series_id in ${series}`.execute(tx);
  await sql`delete from metric_buckets where series_id in ${series}`.execute(tx);
  await sql`delete from metric_series where subject_id = any(${ids}::text[])`.execute(tx);
  await sql`delete from collector_runs where subject_id = any(${ids}::text[])`.execute(tx);
}

/** The rest of the register goes with its assets, scans and alarms. */
async function removeSecurity(tx: Tx, ids: readonly string[]): Promise<void> {
  const findings = sql`(select f.id from security_findings f join security_assets a on a.id = f.asset_id
    where a.subject_id = any(${ids}::text[]))`;
  await sql`delete from security_sightings where finding_id in ${findings}`.execute(tx);
  await sql`delete from security_findings where id in ${findings}`.execute(tx);
  for (const table of ['security_assets', 'security_scans', 'security_alarms', 'security_suppressions'])
    await sql`delete from ${sql.table(table)} where subject_id = any(${ids}::text[])`.execute(tx);
}

async function removeSlos(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from slo_figures where subject_id = any(${ids}::text[])`.execute(tx);
  await sql`delete from slo_exclusions where subject_id = any(${ids}::text[])`.execute(tx);
  await sql`delete from slo_definitions d
    where not exists (select from slo_figures f where f.definition_sha256 = d.sha256)`.execute(tx);
}

/** A sample tree is sample from root to leaf, so the root says whose a record is. */
async function removeRecords(tx: Tx, ids: readonly string[]): Promise<number> {
  let records = 0;
  for (const kind of recordKinds) {
    const table = sql.table(recordTables[kind]);
    const gone = await sql`delete from ${table} where root_id = any(${ids}::text[])`.execute(tx);
    records += Number(gone.numAffectedRows ?? 0);
  }
  await sql`delete from record_revisions where root_id = any(${ids}::text[])`.execute(tx);
  return records;
}

async function removeFrom(
  tx: Tx,
  table: 'observations' | 'reports' | 'imports' | 'evaluations',
  ids: readonly string[],
): Promise<number> {
  const gone = await sql`delete from ${sql.table(table)} where subject_id = any(${ids}::text[])`.execute(tx);
  return Number(gone.numAffectedRows ?? 0);
}
