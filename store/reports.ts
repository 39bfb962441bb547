import { InputError } from '../collectors/contract.ts';
import { sha256Of } from '../scoring/contract.ts';
import type { ReportSummary, ReportTable } from './contract.ts';
import type { Database } from './schema/tables.ts';

const summaryColumns = [
  'number',
  'evaluation_sha256 as evaluation',
  'subject_id as subject',
  'model_id as model',
  'period',
  'format',
  'language',
  'sha256',
  'size',
  'created_at as createdAt',
] as const;

export function openReports(db: Database): ReportTable {
  return {
    async save(report, bytes) {
      if (sha256Of(bytes) !== report.sha256 || bytes.length !== report.size) {
        throw new RangeError(`report ${report.number}: its SHA-256 or size is not that of its bytes`);
      }
      await db
        .insertInto('reports')
        .values({
          sha256: report.sha256,
          number: report.number,
          evaluation_sha256: report.evaluation,
          subject_id: report.subject,
          model_id: report.model,
          period: report.period,
          format: report.format,
          language: report.language,
          size: report.size,
          created_at: report.createdAt,
          bytes,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async get(sha256) {
      const row = await db
        .selectFrom('reports')
        .select([...summaryColumns, 'bytes'])
        .where('sha256', '=', sha256)
        .executeTakeFirst();
      if (!row) return null;
      const { bytes, ...summary } = row;
      if (sha256Of(bytes) !== sha256) {
        throw new InputError(
          `The stored report ${summary.number} was altered: its bytes no longer have SHA-256 ${sha256}. ` +
            'Restore the evidence store from a copy.',
        );
      }
      return { summary, bytes: new Uint8Array(bytes) };
    },
    async list(): Promise<readonly ReportSummary[]> {
      return db.selectFrom('reports').select(summaryColumns).orderBy('saved', 'desc').execute();
    },
  };
}
