import { type RawBuilder, sql } from 'kysely';
import type { FieldValue, ModelNode, StoredRecord } from '../../scoring/contract.ts';
import type { EvidenceRequest, EvidenceRow } from '../contract.ts';
import { recordColumns } from '../schema/record-columns.ts';
import type { Database } from '../schema/tables.ts';
import { descendantsOf } from '../subject-tree.ts';
import { cohortOf, membership, type RecordsMeasure } from './cohort.ts';
import { requireRecordsMeasure } from './drill.ts';
import { compileExpression, type ExpressionScope } from './expression-sql.ts';

type SampleRequest = EvidenceRequest & { readonly leaf: ModelNode; readonly limit: number };

interface Row extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly subject_id: string;
  readonly fault: string | null;
  readonly line: number;
  readonly source_file: string;
  readonly in_numerator: boolean | null;
  readonly in_denominator: boolean;
}

export async function sample(db: Database, request: SampleRequest): Promise<EvidenceRow[]> {
  const measure = requireRecordsMeasure(request.leaf);
  const subjects = await descendantsOf(db, request.subject);
  const cohort = cohortOf(measure, { ...request, subjects });
  const part = partsOf(measure, cohort.scope);
  const { rows } = await sql<Row>`
    select cohort.*, i.file_name as source_file
    from (
      select *, ${part.numerator} as in_numerator, ${part.denominator} as in_denominator
      from ${cohort.table} where ${cohort.counted}
      order by ${cohort.placedAt}, id collate "C" limit ${request.limit}::integer) cohort
      join imports i on i.id = cohort.import_id
    order by ${cohort.placedAt}, cohort.id collate "C"`.execute(db);
  return rows.map((row) => ({
    record: toRecord(measure, row),
    fileName: row.source_file,
    isInNumerator: row.in_numerator,
    isInDenominator: row.in_denominator,
  }));
}

/** Whether one record counts above and below the line; every record of the cohort is below that of a count. */
function partsOf(
  { reduction }: RecordsMeasure,
  scope: ExpressionScope,
): Record<'numerator' | 'denominator', RawBuilder<unknown>> {
  const sure = (condition: RawBuilder<unknown>) => sql`coalesce(${condition}, false)`;
  if (reduction.kind === 'count') {
    return { numerator: sure(compileExpression(reduction.of, scope)), denominator: sql`true` };
  }
  if (reduction.kind === 'ratio') {
    const base = compileExpression(reduction.denominator, scope);
    const numerator = sure(sql`${base} and ${compileExpression(reduction.numerator, scope)}`);
    return { numerator, denominator: sure(base) };
  }
  if (reduction.kind === 'interval') {
    return { numerator: sql`null::boolean`, denominator: sure(compileExpression(reduction.of, scope)) };
  }
  return { numerator: sql`null::boolean`, denominator: sure(membership(reduction, scope)) };
}

function toRecord({ records }: RecordsMeasure, row: Row): StoredRecord {
  const fields = recordColumns(records).map(({ field, column }) => [field, row[column] as FieldValue]);
  return {
    id: row.id,
    subject: row.subject_id,
    fields: Object.fromEntries(fields),
    fault: row.fault,
    line: row.line,
  };
}
