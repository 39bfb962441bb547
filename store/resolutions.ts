import { sql } from 'kysely';
import { type ConflictResolution, canonicalJson } from '../scoring/contract.ts';
import type { ResolutionTable } from './contract.ts';
import type { Database, Tx } from './schema/tables.ts';

type Key = Parameters<ResolutionTable['withdraw']>[0];

interface Row {
  readonly id: number;
  readonly body: string;
  readonly is_withdrawn: boolean;
}

/** Append-only but for the mark of withdrawal: a later decision stands, the earlier stay as its history. */
export function openResolutions(db: Database): ResolutionTable {
  return {
    async put(resolution) {
      const { subject, period, indicator } = resolution;
      const row = { subject_id: subject, period, indicator, is_withdrawn: false };
      await db
        .insertInto('resolutions')
        .values({ ...row, body: canonicalJson(resolution) })
        .execute();
    },
    async list(subject, period) {
      const { rows } = await sql<Row>`
        select body, is_withdrawn from (
          select distinct on (indicator) indicator, body, is_withdrawn from resolutions
          where subject_id = ${subject} and period = ${period} order by indicator, id desc) standing
        where not is_withdrawn order by indicator collate "C"`.execute(db);
      return rows.map(({ body }) => JSON.parse(body) as ConflictResolution);
    },
    async history(subject, indicator) {
      const rows = await db
        .selectFrom('resolutions')
        .select(['body', 'is_withdrawn'])
        .where('subject_id', '=', subject)
        .$if(indicator !== undefined, (query) => query.where('indicator', '=', indicator ?? ''))
        .orderBy('id', 'desc')
        .execute();
      return rows.map(({ body, is_withdrawn }) => ({
        ...(JSON.parse(body) as ConflictResolution),
        isWithdrawn: is_withdrawn,
      }));
    },
    withdraw: (key) => db.transaction().execute((tx) => withdraw(tx, key)),
  };
}

async function withdraw(tx: Tx, { subject, period, indicator }: Key): Promise<boolean> {
  const { rows } = await sql<Row>`
    select id, body, is_withdrawn from resolutions
    where subject_id = ${subject} and period = ${period} and indicator = ${indicator}
    order by id desc limit 1 for update`.execute(tx);
  const [last] = rows;
  if (!last || last.is_withdrawn) return false;
  await sql`update resolutions set is_withdrawn = true where id = ${last.id}`.execute(tx);
  return true;
}
