import { sql } from 'kysely';
import { InputError } from '../collectors/contract.ts';
import type { Database } from './schema/tables.ts';

/** Ids of the subject and everything below it; InputError when it does not exist. */
export async function descendantsOf(db: Database, subject: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below as (
      select id from subjects where id = ${subject}
      union all
      select s.id from subjects s join below on s.parent_id = below.id)
    select id from below`.execute(db);
  if (rows.length === 0) throw unknownSubject(subject);
  return rows.map(({ id }) => id);
}

/** Ids of the ancestors, nearest first, without the subject itself; the last one is the root. */
export async function ancestorsOf(db: Database, subject: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above as (
      select id, parent_id, 0 as step from subjects where id = ${subject}
      union all
      select s.id, s.parent_id, above.step + 1 from subjects s join above on s.id = above.parent_id)
    select id from above order by step`.execute(db);
  if (rows.length === 0) throw unknownSubject(subject);
  return rows.slice(1).map(({ id }) => id);
}

export async function rootOf(db: Database, subject: string): Promise<string> {
  return (await ancestorsOf(db, subject)).at(-1) ?? subject;
}

function unknownSubject(subject: string): InputError {
  return new InputError(
    `The subject "${subject}" does not exist: add it with "citygauge subject add", or correct the id.`,
  );
}
