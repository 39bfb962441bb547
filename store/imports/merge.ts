import { type RawBuilder, sql } from 'kysely';
import { InputError, type RecordKind, recordKindSpecs } from '../../collectors/contract.ts';
import type { ImportCounts, ImportRequest } from '../contract.ts';
import { columnOf, recordColumns } from '../schema/record-columns.ts';
import { recordTables, type Tx } from '../schema/tables.ts';

/** What a merge works on. */
export interface MergeInput {
  readonly kind: RecordKind;
  readonly root: string;
  readonly subject: string;
  readonly fileName: string;
  readonly staged: RawBuilder<unknown>;
}

/** Staged rows counted against the record table, and the rows that will go in: one per id. */
export interface MergePlan {
  readonly counts: Omit<ImportCounts, 'newSubjects'>;
  readonly source: RawBuilder<unknown>;
}

type Duplicate = ImportCounts['duplicates'][number];

export async function planMerge(tx: Tx, input: MergeInput): Promise<MergePlan> {
  await refuseForeignSubjects(tx, input);
  const { duplicates, repeated } = await findRepeats(tx, input);
  const source =
    duplicates.length + repeated === 0
      ? input.staged
      : sql`(select distinct on (id) * from ${input.staged} order by id, position)`;
  const { rows } = await sql<{ new: number; changed: number; unchanged: number; faulty: number }>`
    select count(*) filter (where r.id is null) as new,
      count(*) filter (where r.content_hash <> s.content_hash) as changed,
      count(*) filter (where r.content_hash = s.content_hash) as unchanged,
      count(*) filter (where s.fault is not null) as faulty
    from ${source} s left join ${sql.table(recordTables[input.kind])} r
      on r.root_id = ${input.root} and r.id = s.id`.execute(tx);
  const counts = rows[0] ?? { new: 0, changed: 0, unchanged: 0, faulty: 0 };
  return { source, counts: { ...counts, duplicates, repeated } };
}

/** Later lines with an id that an earlier line of the same file has; only those that differ are named. */
async function findRepeats(
  tx: Tx,
  input: MergeInput,
): Promise<Pick<ImportCounts, 'duplicates' | 'repeated'>> {
  const sizes = await sql<{ rows: number; ids: number }>`
    select coalesce(sum(rows), 0)::bigint as rows, count(*) as ids
    from (select count(*) as rows from ${input.staged} group by id) each`.execute(tx);
  const { rows, ids } = sizes.rows[0] ?? { rows: 0, ids: 0 };
  if (rows === ids) return { duplicates: [], repeated: 0 };
  const { rows: duplicates } = await sql<Duplicate>`
    with first as (select distinct on (id) id, line, content_hash from ${input.staged} order by id, position)
    select s.id, s.line, first.line as "firstLine"
    from first join ${input.staged} s on s.id = first.id and s.content_hash <> first.content_hash
    order by s.position`.execute(tx);
  return { duplicates, repeated: rows - ids - duplicates.length };
}

async function refuseForeignSubjects(tx: Tx, input: MergeInput): Promise<void> {
  const { rows } = await sql<{ subject_id: string; line: number }>`
    with recursive below as (
      select id from subjects where id = ${input.subject}
      union all select s.id from subjects s join below on s.parent_id = below.id)
    select subject_id, min(line) as line from ${input.staged}
    where subject_id not in (select id from below) group by subject_id order by min(line) limit 20`.execute(
    tx,
  );
  if (rows.length === 0) return;
  throw new InputError(
    rows.map(
      ({ subject_id, line }) =>
        `${input.fileName}, line ${line}: subject "${subject_id}" is not "${input.subject}" and not below it: ` +
        'add it with "citygauge subject add", or correct the mapping.',
    ),
  );
}

/** First and last cohort instant of the sound rows; null when there is none. */
export async function spanOf(tx: Tx, input: MergeInput): Promise<ImportRequest['covers']> {
  const { cohort } = recordKindSpecs[input.kind];
  if (cohort === null) return null;
  const column = sql.ref(columnOf(cohort));
  const { rows } = await sql<{ from: string | null; to: string | null }>`
    select min(${column}) as "from", max(${column}) as "to" from ${input.staged} where fault is null`.execute(
    tx,
  );
  const { from, to } = rows[0] ?? {};
  return from && to ? { from, to } : null;
}

/** Writes new and changed rows; what is replaced is kept as a revision. Unchanged rows are not touched. */
export async function mergeRows(tx: Tx, input: MergeInput, plan: MergePlan, importId: number): Promise<void> {
  const { kind, root } = input;
  const table = sql.table(recordTables[kind]);
  const columns = ['id', 'subject_id', 'line', 'fault', 'content_hash'].concat(
    recordColumns(kind).map(({ column }) => column),
  );
  const refs = columns.map((column) => sql.ref(column));
  if (plan.counts.changed > 0) {
    const changed = sql`r.root_id = ${root} and r.id = s.id and r.content_hash <> s.content_hash`;
    await sql`insert into record_revisions (kind, root_id, id, import_id, replaced_by, content)
      select ${kind}, r.root_id, r.id, r.import_id, ${importId}, to_jsonb(r)
      from ${table} r join ${plan.source} s on ${changed}`.execute(tx);
    const assignments = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`s.${column}`)}`);
    await sql`update ${table} r set import_id = ${importId}, ${sql.join(assignments)}
      from ${plan.source} s where ${changed}`.execute(tx);
  }
  if (plan.counts.new > 0) {
    await sql`insert into ${table} (root_id, import_id, ${sql.join(refs)})
      select ${root}, ${importId}::integer, ${sql.join(columns.map((column) => sql.ref(`s.${column}`)))}
      from ${plan.source} s
      where not exists (select from ${table} r where r.root_id = ${root} and r.id = s.id)`.execute(tx);
  }
  // The embedded engine has nobody who gathers statistics in the background.
  if (plan.counts.changed + plan.counts.new > 0) await sql`analyze ${table}`.execute(tx);
}
