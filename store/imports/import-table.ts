import type { ImportSummary, ImportTable } from '../contract.ts';
import type { Connection } from '../driver/connection.ts';
import { beginImport } from './session.ts';

export function openImports(connection: Connection): ImportTable {
  return {
    begin: (request) => beginImport(connection, request),
    async list(subject) {
      let query = connection.db.selectFrom('imports').selectAll().orderBy('id', 'desc');
      if (subject !== undefined) query = query.where('subject_id', '=', subject);
      const rows = await query.execute();
      return rows.map(
        (row): ImportSummary => ({
          id: row.id,
          kind: row.kind,
          subject: row.subject_id,
          fileName: row.file_name,
          sha256: row.sha256,
          importedAt: row.imported_at,
          read: row.read,
          new: row.new,
          changed: row.changed,
          unchanged: row.unchanged,
          faulty: row.faulty,
          rejected: row.rejected,
        }),
      );
    },
  };
}
