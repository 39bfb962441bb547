import type { ScanSummary } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';

/** Newest import first. */
export async function listScans(
  db: Database,
  subjects: readonly string[],
  limit: number,
): Promise<ScanSummary[]> {
  const rows = await db
    .selectFrom('security_scans')
    .selectAll()
    .where('subject_id', 'in', subjects.length === 0 ? [''] : [...subjects])
    .orderBy('imported_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, subject: row.subject_id, scanner: row.scanner, format: row.format },
    ...{
      fileName: row.file_name,
      sha256: row.sha256,
      producedAt: row.produced_at,
      importedAt: row.imported_at,
    },
    ...{ read: row.read, new: row.new, reopened: row.reopened, fixed: row.fixed, changed: row.changed },
    ...{ unchanged: row.unchanged, alarms: row.alarms, writes: row.writes, assets: row.assets },
    ...{ skipped: row.skipped, isDuplicate: false, isOutdated: row.is_outdated },
  }));
}
