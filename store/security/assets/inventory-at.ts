import { type RawBuilder, sql } from 'kysely';
import type { AsOf } from '../../contract.ts';

/**
 * The assets that were known at an instant, with their entry in the inventory of then, as a query:
 * `id, asset, subject_id, first_seen_at, name, kind, owner, sends_logs, is_listed, last_log`.
 */
export function inventoryAt({ subjects, at }: AsOf): RawBuilder<unknown> {
  return sql`
    select a.id, a.asset, a.subject_id, a.first_seen_at, coalesce(i.name, a.asset) as name,
      coalesce(i.kind, a.kind) as kind, i.owner, coalesce(i.sends_logs, false) as sends_logs,
      i.asset_id is not null as is_listed, l.at as last_log
    from security_assets a
    left join lateral (
      select * from security_inventory i where i.asset_id = a.id and i.at <= ${at}::timestamptz
      order by i.at desc limit 1) i on true
    left join lateral (
      select case when h.last_at <= ${at}::timestamptz then h.last_at else h.first_at end as at
      from security_log_hours h where h.asset_id = a.id and h.first_at <= ${at}::timestamptz
      order by h.hour desc limit 1) l on true
    where a.subject_id = any(${[...subjects]}::text[]) and a.first_seen_at <= ${at}::timestamptz`;
}
