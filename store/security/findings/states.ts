import { type RawBuilder, sql } from 'kysely';
import type { AsOf } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { hiddenAt, hiddenTable } from './hidden.ts';

/**
 * Every finding that was ever seen up to an instant, one row each, as a query:
 * `id, asset_id, rule, asset, subject_id, first_seen, is_open, fixed_at (null while open), severity, is_hidden`.
 * It is open while a scanner's span covers the instant. The severity is the worst that is said while it is open, else the worst
 * of what was said last, for which instant and severity are packed into one number so that one pass is enough.
 */
export async function statesAt(db: Database, request: AsOf): Promise<RawBuilder<unknown>> {
  const { subjects, at } = request;
  const hidden = await hiddenAt(db, request);
  const isOpen = sql`(o.to_at is null or o.to_at > ${at}::timestamptz)`;
  const isHidden =
    hidden.length === 0
      ? sql`false`
      : sql`exists (select from ${hiddenTable(hidden)} where hidden.subject_id = a.subject_id
          and hidden.rule = f.rule and (hidden.asset_id is null or hidden.asset_id = f.asset_id))`;
  return sql`
    select f.id, f.asset_id, f.rule, a.asset, a.subject_id, g.first_seen, g.is_open,
      case when not g.is_open then g.last_end end as fixed_at,
      coalesce(g.open_severity, 9 - g.last_said % 10)::smallint as severity, ${isHidden} as is_hidden
    from (
      select o.finding_id, min(o.from_at) as first_seen, bool_or(${isOpen}) as is_open,
        max(o.to_at) as last_end, min(o.severity) filter (where ${isOpen}) as open_severity,
        max((extract(epoch from o.to_at) * 1000)::bigint * 10 + 9 - o.severity) as last_said
      from security_sightings o where o.from_at <= ${at}::timestamptz group by o.finding_id) g
    join security_findings f on f.id = g.finding_id
    join security_assets a on a.id = f.asset_id
    where a.subject_id = any(${[...subjects]}::text[])`;
}
