import { type Migration, sql } from 'kysely';

const tables: readonly string[] = [
  // A new store has them already: its record tables are made from the fields as they are now.
  'alter table security_events add column if not exists reopened bigint',
  'alter table security_events add column if not exists alarm text',
];

export const security: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
  },
};
