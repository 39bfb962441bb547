import { type Migration, sql } from 'kysely';

const tables: readonly string[] = [
  `create table threshold_states (
    threshold text not null, series text not null, subject_id text, lamp text not null, body text not null,
    primary key (threshold, series))`,
  `create table threshold_changes (
    id bigint generated always as identity primary key, threshold text not null, subject_id text,
    series text not null, at timestamptz not null, body text not null)`,
  'create index threshold_changes_newest on threshold_changes (threshold, id desc)',
];

/** The standings with thresholds, one row per series (its labels as text), and every change of a lamp. */
export const thresholds: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
  },
};
