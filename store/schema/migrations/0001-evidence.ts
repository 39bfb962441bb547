import { type Kysely, type Migration, sql } from 'kysely';
import { recordKindSpecs, recordKinds } from '../../../collectors/contract.ts';
import { columnOf, commonColumns, recordColumns, sqlTypes } from '../record-columns.ts';

const tables = [
  `create table subjects (
    id text primary key, name_zh text not null, name_en text not null, kind text not null,
    parent_id text references subjects (id) deferrable initially deferred,
    time_zone text not null, is_sample boolean not null)`,
  'create index subjects_parent on subjects (parent_id)',
  `create table imports (
    id integer generated always as identity primary key, kind text not null,
    subject_id text not null references subjects (id), file_name text not null, sha256 text not null,
    mapping_sha256 text, imported_at timestamptz not null, covers_from timestamptz, covers_to timestamptz,
    read integer not null, new integer not null, changed integer not null, unchanged integer not null,
    faulty integer not null, rejected integer not null)`,
  'create index imports_coverage on imports (kind, subject_id)',
  `create table record_revisions (
    kind text not null, root_id text not null, id text not null, import_id integer not null,
    replaced_by integer not null, content jsonb not null)`,
  'create index record_revisions_key on record_revisions (kind, root_id, id)',
  `create table observations (
    indicator text not null, subject_id text not null references subjects (id), period text not null,
    import_id integer not null references imports (id), content_hash text not null, body text not null,
    primary key (subject_id, period, indicator))`,
  'create table models (sha256 text primary key, id text not null, version text not null, yaml text not null)',
  'create sequence saves as bigint',
  `create table evaluations (
    sha256 text primary key, model_id text not null, model_version text not null,
    model_sha256 text not null references models (sha256), subject_id text not null, period text not null,
    period_end timestamptz not null, as_of text not null, grade text, coverage double precision not null,
    created_at text not null, saved bigint not null default nextval('saves'), body text not null)`,
  'create index evaluations_latest on evaluations (model_id, subject_id, period, saved)',
  `create table reports (
    sha256 text primary key, number text not null, evaluation_sha256 text not null, subject_id text not null,
    model_id text not null, period text not null, format text not null, language text not null,
    size integer not null, created_at text not null, saved bigint not null default nextval('saves'),
    bytes bytea not null)`,
  `create table readings (
    metric text not null, labels_hash text not null, labels jsonb not null, at timestamptz not null,
    value double precision not null, primary key (metric, at, labels_hash))`,
];

/**
 * Without foreign keys on subject and import: the merge checks both for a whole import at once, in the transaction that
 * inserts, instead of once per row.
 */
async function createRecordTables(db: Kysely<unknown>): Promise<void> {
  for (const kind of recordKinds) {
    const { table, cohort } = recordKindSpecs[kind];
    const nullable = new Set(['fault']);
    const columns = [
      ...Object.entries(commonColumns).map(
        ([name, type]) => `"${name}" ${type}${nullable.has(name) ? '' : ' not null'}`,
      ),
      ...recordColumns(kind).map(({ column, type }) => `"${column}" ${sqlTypes[type]}`),
    ];
    const statement = `create table ${table} (${columns.join(', ')}, primary key (root_id, id))`;
    await sql.raw(statement).execute(db);
    const cohortColumns =
      cohort === null ? 'subject_id, indicator, period' : `subject_id, ${columnOf(cohort)}`;
    await sql.raw(`create index ${table}_cohort on ${table} (${cohortColumns})`).execute(db);
  }
}

export const evidence: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
    await createRecordTables(db);
  },
};
