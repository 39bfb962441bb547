import { sql } from 'kysely';
import type { EvidenceRequest } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { ancestorsOf } from '../subject-tree.ts';
import type { Cohort } from './cohort.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether an empty cohort means "none happened": records of the kind lie in the period although none of them counts, or
 * the files of one subject in the line (itself, above, below) together cover the period up to the cut-off.
 */
export async function isReported(
  db: Database,
  request: EvidenceRequest,
  subjects: readonly string[],
  cohort: Cohort,
): Promise<boolean> {
  const { period, cutoff } = request;
  const wanted = { from: Date.parse(period.start), to: Math.min(Date.parse(period.end), Date.parse(cutoff)) };
  if (wanted.to <= wanted.from) return false;
  const { rows } = await sql`select 1 from ${cohort.table} where ${cohort.reported} limit 1`.execute(db);
  if (rows.length > 0) return true;
  const line = [...subjects, ...(await ancestorsOf(db, request.subject))];
  const imports = await sql<{ subject_id: string; covers_from: string; covers_to: string }>`
    select subject_id, covers_from, covers_to from imports
    where kind = ${cohort.scope.kind} and subject_id = any(${line}::text[])
      and covers_from is not null and covers_to >= ${period.start}::timestamptz
      and covers_from <= ${period.end}::timestamptz
    order by covers_from`.execute(db);
  const bySubject = Map.groupBy(imports.rows, ({ subject_id }) => subject_id);
  return [...bySubject.values()].some((spans) =>
    covers(
      spans.map((span) => ({ from: Date.parse(span.covers_from), to: Date.parse(span.covers_to) })),
      wanted,
    ),
  );
}

/** True when the spans, ascending by `from`, leave no gap in `wanted`. */
export function covers(spans: readonly Span[], wanted: Span): boolean {
  let reached = wanted.from;
  for (const { from, to } of spans) {
    if (from > reached) return false;
    reached = Math.max(reached, to);
    if (reached >= wanted.to) return true;
  }
  return false;
}
