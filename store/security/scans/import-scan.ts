import { sql } from 'kysely';
import type { ScanImport, ScanOutcome } from '../../contract.ts';
import type { Database, Tx } from '../../schema/tables.ts';
import { putAlarms } from '../alarms/put-alarms.ts';
import { contentsOf } from '../findings/finding-content.ts';
import { inTransaction } from '../in-transaction.ts';
import { requireSubject } from '../require-subject.ts';
import { storedKey, storedText } from '../stored-text.ts';
import { mergeFindings } from './merge-findings.ts';
import { putBaselines, putLogs } from './put-states.ts';
import { identityOf, instantOf, openScope, type ScanScope } from './scan-scope.ts';

/** Reads, compares and merges in one transaction; a dry run takes all of it back. */
export async function importScan(db: Database, given: ScanImport): Promise<ScanOutcome> {
  const at = instantOf(given);
  const order = { ...given, report: { ...given.report, scanner: storedKey(given.report.scanner) } };
  return inTransaction(db, { isKept: !order.isDryRun }, (tx) => mergeScan(tx, order, at));
}

async function mergeScan(tx: Tx, order: ScanImport, at: string): Promise<ScanOutcome> {
  const { subject, report } = order;
  await requireSubject(tx, subject);
  await lockRegister(tx, subject);
  const told = { scanner: report.scanner, producedAt: at };
  if (await isKnown(tx, order)) return { ...told, ...nothing(report.findings.length) };
  const scope = await openScope(tx, order, at);
  const counts = await mergeFindings(tx, scope, contentsOf(report.findings, scope.assetIds));
  const alarms = await putAlarms(tx, scope, report.alarms);
  const isOutdated = scope.full.length > 0 && scope.full.every((id) => scope.outdated.has(id));
  const outcome = { ...told, ...counts, alarms, isDuplicate: false, isOutdated };
  const scan = await keepScan(tx, order, outcome);
  await keepCoverage(tx, scope, scan);
  await putBaselines(tx, scope, report.baselines);
  await putLogs(tx, scope, report.logs);
  return outcome;
}

/** Two imports of one subject one after the other: each must see what the other has made of an asset. */
export async function lockRegister(tx: Tx, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`citygauge security ${subject}`}))`.execute(tx);
}

async function isKnown(tx: Tx, order: ScanImport): Promise<boolean> {
  const row = await tx
    .selectFrom('security_scans')
    .select('id')
    .where('subject_id', '=', order.subject)
    .where('identity', '=', identityOf(order))
    .executeTakeFirst();
  return row !== undefined;
}

function nothing(read: number): Omit<ScanOutcome, 'scanner' | 'producedAt'> {
  const counts = { read, new: 0, reopened: 0, fixed: 0, changed: 0, unchanged: read, alarms: 0, writes: 0 };
  return { ...counts, isDuplicate: true, isOutdated: false };
}

async function keepScan(tx: Tx, order: ScanImport, outcome: ScanOutcome): Promise<number> {
  const { scanner, producedAt, isDuplicate: _, isOutdated, ...counts } = outcome;
  const { report, subject, fileName, sha256, importedAt } = order;
  const { id } = await tx
    .insertInto('security_scans')
    .values({
      ...{ subject_id: subject, identity: identityOf(order), scanner, format: report.format },
      ...{ file_name: storedText(fileName), sha256, produced_at: producedAt, imported_at: importedAt },
      ...{ ...counts, assets: report.assets.length, skipped: report.skipped.count, is_outdated: isOutdated },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Only where it is the newest of its scanner: what an older one did not name is not known to have been gone. */
async function keepCoverage(tx: Tx, { full, outdated }: ScanScope, scan: number): Promise<void> {
  const assets = full.filter((id) => !outdated.has(id));
  if (assets.length === 0) return;
  await sql`insert into security_scan_assets (asset_id, scan_id)
    select id, ${scan}::integer from unnest(${assets}::integer[]) as a (id)`.execute(tx);
}
