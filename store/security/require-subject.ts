import type { Database } from '../schema/tables.ts';

/** RangeError for a subject that does not exist. */
export async function requireSubject(db: Database, subject: string): Promise<void> {
  const row = await db.selectFrom('subjects').select('id').where('id', '=', subject).executeTakeFirst();
  if (!row) throw new RangeError(`unknown subject "${subject}"`);
}
