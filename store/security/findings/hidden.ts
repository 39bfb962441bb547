import { type RawBuilder, sql } from 'kysely';
import type { AsOf } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';

/** What suppressions hide: a rule of a subject, on one asset or (null) on all of them. */
interface HiddenRule {
  readonly id: number;
  readonly subject_id: string;
  readonly rule: string;
  readonly asset_id: number | null;
}

/**
 * The suppressions that are in force at an instant, over these subjects; one of a subject holds for its descendants too,
 * on assets of that id or alias.
 */
export async function hiddenAt(db: Database, { subjects, at }: AsOf): Promise<readonly HiddenRule[]> {
  const { rows } = await sql<HiddenRule>`
    with recursive reach as (
      select x.id, x.subject_id from security_suppressions x
      where x.at <= ${at} and x.expires_at > ${at} and (x.ended_at is null or x.ended_at > ${at})
      union all
      select reach.id, s.id from subjects s join reach on s.parent_id = reach.subject_id)
    select x.id, reach.subject_id, x.rule, a.id as asset_id
    from reach join security_suppressions x on x.id = reach.id
    left join security_assets a on a.subject_id = reach.subject_id
      and (a.asset = x.asset or exists (
        select from security_asset_aliases l
        where l.subject_id = a.subject_id and l.alias = x.asset and l.asset_id = a.id))
    where reach.subject_id = any(${[...subjects]}::text[]) and (x.asset is null or a.id is not null)
    order by x.id`.execute(db);
  return rows;
}

/** The same as a table `hidden (id, subject_id, rule, asset_id)` for a query. */
export function hiddenTable(hidden: readonly HiddenRule[]): RawBuilder<unknown> {
  return sql`unnest(${hidden.map(({ id }) => id)}::integer[], ${hidden.map(({ subject_id }) => subject_id)}::text[],
    ${hidden.map(({ rule }) => rule)}::text[], ${hidden.map(({ asset_id }) => asset_id)}::integer[])
    as hidden (id, subject_id, rule, asset_id)`;
}
