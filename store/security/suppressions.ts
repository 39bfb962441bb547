import { sql } from 'kysely';
import { InputError } from '../../collectors/contract.ts';
import type { AsOf, Suppression, SuppressionOrder } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { assetIdOf } from './assets/asset-id.ts';
import { hiddenAt, hiddenTable } from './findings/hidden.ts';
import { statesAt } from './findings/states.ts';
import { requireSubject } from './require-subject.ts';
import { isRowNumber } from './row-number.ts';
import { storedKey, storedText } from './stored-text.ts';

export async function suppress(db: Database, order: SuppressionOrder): Promise<Suppression> {
  const { subject, rule, asset, reason, by, at, expiresAt } = order;
  const missing = Object.entries({ rule, reason, by }).filter(([, text]) => text.trim() === '');
  if (missing.length > 0) {
    throw new InputError(
      `a suppression needs ${missing.map(([name]) => name).join(' and ')}: who hides a finding says so, and why`,
    );
  }
  if (!(Date.parse(expiresAt) > Date.parse(at)))
    throw new InputError(`the suppression expires at ${expiresAt}, which is past: name a later time`);
  await requireSubject(db, subject);
  const { id } = await db
    .insertInto('security_suppressions')
    .values({
      ...{
        subject_id: subject,
        rule: storedKey(rule.trim()),
        asset: asset === null ? null : assetIdOf(asset),
      },
      ...{
        reason: storedText(reason.trim()),
        set_by: storedText(by.trim()),
        at,
        expires_at: expiresAt,
        ended_by: null,
        ended_at: null,
      },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const subjects = await belowSubject(db, subject);
  const made = (await suppressionsAt(db, { subjects, at })).find((each) => each.id === id);
  if (!made) throw new Error(`the suppression ${id} is not listed`);
  return made;
}

async function belowSubject(db: Database, subject: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below as (select id from subjects where id = ${subject}
      union all select s.id from subjects s join below on s.parent_id = below.id)
    select id from below`.execute(db);
  return rows.map(({ id }) => id);
}

export async function endSuppression(
  db: Database,
  id: number,
  { by, at }: { by: string; at: string },
): Promise<void> {
  if (by.trim() === '') throw new InputError('who ends a suppression gives a name');
  const ended = isRowNumber(id)
    ? await db
        .updateTable('security_suppressions')
        .set({ ended_by: storedText(by.trim()), ended_at: at })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', at)
        .executeTakeFirst()
    : null;
  if (!ended || ended.numUpdatedRows === 0n)
    throw new InputError(
      `there is no suppression ${id} in force: it has ended or expired, or the number is wrong`,
    );
}

interface Row {
  readonly id: number;
  readonly subject_id: string;
  readonly rule: string;
  readonly asset: string | null;
  readonly reason: string;
  readonly set_by: string;
  readonly at: string;
  readonly expires_at: string;
  readonly ended_by: string | null;
  readonly ended_at: string | null;
}

/** Newest first, those that ended or expired too; of one finding those that were ever meant for it. */
export async function suppressionsAt(
  db: Database,
  request: AsOf,
  finding: number | null = null,
): Promise<Suppression[]> {
  const { subjects, at } = request;
  const { rows } = await sql<Row>`
    with recursive above as (
      select id, parent_id from subjects where id = any(${[...subjects]}::text[])
      union select s.id, s.parent_id from subjects s join above on s.id = above.parent_id)
    select x.* from security_suppressions x
    where x.at <= ${at} and x.subject_id in (select id from above)
      and (${finding}::integer is null or exists (
        select from security_findings f join security_assets a on a.id = f.asset_id
        where f.id = ${finding}::integer and f.rule = x.rule and (x.asset is null or x.asset = a.asset or exists (
          select from security_asset_aliases l where l.asset_id = a.id and l.alias = x.asset))))
    order by x.at desc, x.id desc`.execute(db);
  const counts = rows.length === 0 ? new Map<number, number>() : await hiddenCounts(db, request);
  return rows.map((row) => ({
    ...{ id: row.id, subject: row.subject_id, rule: row.rule, asset: row.asset, reason: row.reason },
    ...{ by: row.set_by, at: row.at, expiresAt: row.expires_at },
    ended:
      row.ended_by !== null && row.ended_at !== null && row.ended_at <= new Date(at).toISOString()
        ? { by: row.ended_by, at: row.ended_at }
        : null,
    findings: counts.get(row.id) ?? 0,
  }));
}

/** Suppression -> open findings that it hides at the instant. */
async function hiddenCounts(db: Database, request: AsOf): Promise<Map<number, number>> {
  const hidden = await hiddenAt(db, request);
  if (hidden.length === 0) return new Map();
  const { rows } = await sql<{ id: number; findings: number }>`
    select hidden.id, count(*) as findings from (${await statesAt(db, request)}) state
    join ${hiddenTable(hidden)} on hidden.subject_id = state.subject_id and hidden.rule = state.rule
      and (hidden.asset_id is null or hidden.asset_id = state.asset_id)
    where state.is_open group by hidden.id`.execute(db);
  return new Map(rows.map(({ id, findings }) => [id, findings]));
}
