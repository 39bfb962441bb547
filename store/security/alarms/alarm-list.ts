import { sql } from 'kysely';
import { InputError, severities } from '../../../collectors/contract.ts';
import type { Alarm, AlarmFilter, Judgement } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { isRowNumber } from '../row-number.ts';
import { storedText } from '../stored-text.ts';

interface Row {
  readonly id: number;
  readonly subject_id: string;
  readonly scanner: string;
  readonly signature: string;
  readonly asset: string;
  readonly title: string;
  readonly severity: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly count: number;
  readonly verdict: Judgement['verdict'] | null;
  readonly judged_by: string | null;
  readonly reason: string | null;
  readonly judged_at: string | null;
  readonly total: number;
}

/** Newest day first, then worst. */
export async function listAlarms(
  db: Database,
  filter: AlarmFilter,
): Promise<{ total: number; rows: Alarm[] }> {
  const { subjects, at, isJudged, offset, limit } = filter;
  const { rows } = await sql<Row>`
    with chosen as materialized (
      select alarm.*, j.verdict, j.judged_by, j.reason, j.at as judged_at from security_alarms alarm
      left join lateral (
        select * from security_judgements j where j.alarm_id = alarm.id and j.at <= ${at}
        order by j.at desc, j.id desc limit 1) j on true
      where alarm.subject_id = any(${[...subjects]}::text[])
        and exists (select from security_alarm_parts p where p.alarm_id = alarm.id and p.first_at <= ${at})
        and (${isJudged ?? null}::boolean is null or (j.verdict is not null) = ${isJudged ?? null}::boolean)),
    page as (select *, (select count(*) from chosen) as total from chosen order by day desc, severity, id
      offset ${offset} limit ${limit})
    select page.*, p.first_at, p.last_at, p.count from page, lateral (
      select min(first_at) as first_at, max(last_at) as last_at, sum(count) as count
      from security_alarm_parts p where p.alarm_id = page.id and p.first_at <= ${at}) p
    order by page.day desc, page.severity, page.id`.execute(db);
  const total =
    rows[0]?.total ?? (offset === 0 ? 0 : (await listAlarms(db, { ...filter, offset: 0, limit: 1 })).total);
  return { total, rows: rows.map(alarmOf) };
}

function alarmOf(row: Row): Alarm {
  const { id, scanner, signature, title, asset, count, verdict, judged_by, reason, judged_at } = row;
  const isJudged = verdict !== null && judged_by !== null && reason !== null && judged_at !== null;
  return {
    ...{ id, subject: row.subject_id, scanner, signature, title, asset, count },
    ...{ severity: severities[row.severity] ?? 'info', firstAt: row.first_at, lastAt: row.last_at },
    judgement: isJudged ? { verdict, by: judged_by, reason, at: judged_at } : null,
  };
}

export async function judgeAlarm(db: Database, id: number, judgement: Judgement): Promise<void> {
  const { verdict, by, reason, at } = judgement;
  const missing = Object.entries({ by, reason }).filter(([, text]) => text.trim() === '');
  if (missing.length > 0)
    throw new InputError(`a judgement needs ${missing.map(([name]) => name).join(' and ')}`);
  const known = isRowNumber(id)
    ? await db.selectFrom('security_alarms').select('id').where('id', '=', id).executeTakeFirst()
    : undefined;
  if (!known) throw new InputError(`there is no alarm ${id}: see citygauge alarm list`);
  await db
    .insertInto('security_judgements')
    .values({
      alarm_id: id,
      verdict,
      judged_by: storedText(by.trim()),
      reason: storedText(reason.trim()),
      at,
    })
    .execute();
}
