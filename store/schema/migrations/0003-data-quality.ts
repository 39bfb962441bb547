import { type Migration, sql } from 'kysely';

/**
 * A result stands in a row of its own, so that the history of one check is read without the others. Checks that shared a
 * scan share its statement, which is long: it is kept once per run.
 */
const tables: readonly string[] = [
  `create table quality_runs (
    id integer generated always as identity primary key, subject_id text not null, source text not null,
    started_at timestamptz not null, body text not null, statements text not null,
    unique (subject_id, source, started_at))`,
  `create table quality_results (
    run_id integer not null references quality_runs (id) on delete cascade, position integer not null,
    check_id text not null, body text not null, primary key (run_id, position))`,
];

export const dataQuality: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
  },
};
