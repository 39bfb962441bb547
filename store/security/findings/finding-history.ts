import { sql } from 'kysely';
import type { FindingHistory } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { isRowNumber } from '../row-number.ts';
import { suppressionsAt } from '../suppressions.ts';
import { findingsOf, type StateRow, spansOf } from './finding-rows.ts';
import { changesOf } from './spans.ts';
import { statesAt } from './states.ts';

/** As of `at`, or of the newest scan of its subject when none is named. */
export async function findingHistory(db: Database, id: number, at?: string): Promise<FindingHistory | null> {
  if (!isRowNumber(id)) return null;
  const { rows: known } = await sql<{ subject_id: string; newest: string }>`
    select a.subject_id, (select max(s.produced_at) from security_scans s where s.subject_id = a.subject_id) as newest
    from security_findings f join security_assets a on a.id = f.asset_id where f.id = ${id}`.execute(db);
  const [of] = known;
  if (!of) return null;
  const request = { subjects: [of.subject_id], at: new Date(at ?? of.newest).toISOString() };
  const { rows } = await sql<StateRow>`
    select * from (${await statesAt(db, request)}) state where id = ${id}`.execute(db);
  const [finding] = await findingsOf(db, rows, request.at);
  if (!finding) return null;
  const suppressions = await suppressionsAt(db, request, id);
  return { finding, changes: changesOf(await spansOf(db, id), request.at), suppressions };
}
