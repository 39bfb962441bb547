import { type Migration, sql } from 'kysely';

const tables: readonly string[] = [];

export const dataQuality: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
  },
};
