import { sql } from 'kysely';
import { InputError, type Observation } from '../collectors/contract.ts';
import { canonicalJson, sha256Of } from '../scoring/contract.ts';
import type { ObservationTable } from './contract.ts';
import type { Database, Tx } from './schema/tables.ts';
import { descendantsOf } from './subject-tree.ts';

type File = Parameters<ObservationTable['put']>[1];

interface Row {
  readonly indicator: string;
  readonly subject_id: string;
  readonly period: string;
  readonly content_hash: string;
  readonly body: string;
}

export function openObservations(db: Database): ObservationTable {
  return {
    put: (observations, file) => db.transaction().execute((tx) => putObservations(tx, observations, file)),
    list: (subject, period) => listObservations(db, subject, period),
  };
}

/** By indicator. */
export async function listObservations(
  db: Database,
  subject: string,
  period: string,
): Promise<Observation[]> {
  const rows = await db
    .selectFrom('observations')
    .select('body')
    .where('subject_id', '=', subject)
    .where('period', '=', period)
    .orderBy(sql`indicator collate "C"`)
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Observation);
}

async function putObservations(
  tx: Tx,
  observations: readonly Observation[],
  file: File,
): Promise<{ new: number; changed: number; unchanged: number }> {
  const rows = [...new Map(observations.map((each) => [keyOf(each), toRow(each)])).values()];
  await refuseForeignSubjects(tx, rows, file);
  await sql`select pg_advisory_xact_lock(hashtext('citygauge observations'))`.execute(tx);
  const stored = await hashesOf(tx, rows);
  const fresh = rows.filter((row) => !stored.has(rowKey(row)));
  const changed = rows.filter(
    (row) => stored.has(rowKey(row)) && stored.get(rowKey(row)) !== row.content_hash,
  );
  const counts = {
    new: fresh.length,
    changed: changed.length,
    unchanged: rows.length - fresh.length - changed.length,
  };
  if (file.isDryRun) return counts;
  const importId = await register(tx, file, observations.length, counts);
  await keepRevisions(tx, changed, importId);
  await write(tx, [...fresh, ...changed], importId);
  return counts;
}

async function register(
  tx: Tx,
  file: File,
  read: number,
  counts: { new: number; changed: number; unchanged: number },
): Promise<number> {
  const row = await tx
    .insertInto('imports')
    .values({
      kind: 'observations',
      subject_id: file.subject,
      file_name: file.fileName,
      sha256: file.sha256,
      mapping_sha256: null,
      imported_at: file.importedAt,
      covers_from: null,
      covers_to: null,
      read: read + file.rejected,
      ...counts,
      faulty: 0,
      rejected: file.rejected,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

const columnsOf = (rows: readonly Row[]) => sql`unnest(
  ${rows.map((row) => row.indicator)}::text[], ${rows.map((row) => row.subject_id)}::text[],
  ${rows.map((row) => row.period)}::text[], ${rows.map((row) => row.content_hash)}::text[],
  ${rows.map((row) => row.body)}::text[]) as x (indicator, subject_id, period, content_hash, body)`;

async function hashesOf(tx: Tx, rows: readonly Row[]): Promise<Map<string, string>> {
  const found = await sql<Row>`
    select o.indicator, o.subject_id, o.period, o.content_hash
    from ${columnsOf(rows)} join observations o using (indicator, subject_id, period)`.execute(tx);
  return new Map(found.rows.map((row) => [rowKey(row), row.content_hash]));
}

async function keepRevisions(tx: Tx, rows: readonly Row[], importId: number): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into record_revisions (kind, root_id, id, import_id, replaced_by, content)
    select 'observations', o.subject_id, o.period || ' ' || o.indicator, o.import_id, ${importId}, to_jsonb(o)
    from ${columnsOf(rows)} join observations o using (indicator, subject_id, period)`.execute(tx);
}

async function write(tx: Tx, rows: readonly Row[], importId: number): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into observations (indicator, subject_id, period, import_id, content_hash, body)
    select x.indicator, x.subject_id, x.period, ${importId}::integer, x.content_hash, x.body
    from ${columnsOf(rows)}
    on conflict (subject_id, period, indicator) do update
      set import_id = excluded.import_id, content_hash = excluded.content_hash, body = excluded.body`.execute(
    tx,
  );
}

async function refuseForeignSubjects(tx: Tx, rows: readonly Row[], file: File): Promise<void> {
  const allowed = new Set(await descendantsOf(tx, file.subject));
  const foreign = [...new Set(rows.map((row) => row.subject_id))].filter((id) => !allowed.has(id));
  if (foreign.length === 0) return;
  throw new InputError(
    foreign.map(
      (id) =>
        `${file.fileName}: subject "${id}" is not "${file.subject}" and not below it: ` +
        'add it with "citygauge subject add", or correct the file.',
    ),
  );
}

function toRow(observation: Observation): Row {
  const body = canonicalJson(observation);
  const { indicator, subject, period } = observation;
  return { indicator, subject_id: subject, period, content_hash: sha256Of(body), body };
}

function keyOf({ indicator, subject, period }: Observation): string {
  return `${subject} ${period} ${indicator}`;
}

function rowKey(row: Pick<Row, 'subject_id' | 'period' | 'indicator'>): string {
  return `${row.subject_id} ${row.period} ${row.indicator}`;
}
