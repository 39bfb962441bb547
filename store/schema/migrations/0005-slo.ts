import { type Migration, sql } from 'kysely';

/** Definitions stand once by their hash; figures and exclusions are only ever added to, so that what was told can be shown again. */
const tables: readonly string[] = [
  'create table slo_definitions (sha256 text primary key, body text not null)',
  `create table slo_figures (
    id integer generated always as identity primary key, subject_id text not null, slo_id text not null,
    span_kind text not null, span_id text not null, from_at timestamptz not null, to_at timestamptz not null,
    as_of timestamptz not null, is_period boolean not null, has_ended boolean not null, state text not null,
    revision integer not null, definition_sha256 text not null references slo_definitions (sha256), body text not null,
    unique (subject_id, slo_id, span_id, revision))`,
  'create index on slo_figures (subject_id, slo_id, span_kind, from_at)',
  `create table slo_exclusions (
    id integer generated always as identity primary key, subject_id text not null, slo_id text not null,
    kind text not null, from_at timestamptz not null, to_at timestamptz not null, reason text not null,
    signed_by text not null, evidence text not null, recorded_at timestamptz not null,
    withdrawn_at timestamptz, withdrawn_by text)`,
  'create index on slo_exclusions (subject_id, slo_id)',
];

export const slo: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
  },
};
