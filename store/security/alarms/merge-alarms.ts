import { sql } from 'kysely';
import type { Tx } from '../../schema/tables.ts';

/** Alarms about one asset go to another; those of one signature and day become one, with the parts and judgements of both. */
export async function mergeAlarms(tx: Tx, from: number, to: number): Promise<void> {
  const { rows } = await sql<{ subject: string; old: string; kept: string }>`
    select a.subject_id as subject, a.asset as old, b.asset as kept
    from security_assets a, security_assets b where a.id = ${from} and b.id = ${to}`.execute(tx);
  const [names] = rows;
  if (names) await moveAlarms(tx, names);
}

export async function moveAlarms(
  tx: Tx,
  { subject, old, kept }: { readonly subject: string; readonly old: string; readonly kept: string },
): Promise<void> {
  const { rows: pairs } = await sql<{ old: number; kept: number }>`
    select a.id as old, b.id as kept from security_alarms a join security_alarms b
      on b.subject_id = a.subject_id and b.scanner = a.scanner and b.signature = a.signature and b.day = a.day
    where a.subject_id = ${subject} and a.asset = ${old} and b.asset = ${kept}`.execute(tx);
  for (const pair of pairs) {
    await sql`insert into security_alarm_parts as p (alarm_id, file_name, first_at, last_at, count)
      select ${pair.kept}::integer, file_name, first_at, last_at, count from security_alarm_parts where alarm_id = ${pair.old}
      on conflict (alarm_id, file_name) do update set first_at = least(p.first_at, excluded.first_at),
        last_at = greatest(p.last_at, excluded.last_at), count = p.count + excluded.count`.execute(tx);
    await sql`update security_judgements set alarm_id = ${pair.kept} where alarm_id = ${pair.old}`.execute(
      tx,
    );
    await sql`delete from security_alarms where id = ${pair.old}`.execute(tx);
  }
  await sql`update security_alarms set asset = ${kept} where subject_id = ${subject} and asset = ${old}`.execute(
    tx,
  );
}
