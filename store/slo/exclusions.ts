import type { Selectable } from 'kysely';
import { InputError, type SloExclusion } from '../../rules/contract.ts';
import type { ExclusionOrder } from '../contract.ts';
import type { SloExclusionsTable } from '../schema/slo-tables.ts';
import type { Database, Tx } from '../schema/tables.ts';
import { requireSubject } from '../security/require-subject.ts';
import { isRowNumber } from '../security/row-number.ts';
import { storedText } from '../security/stored-text.ts';
import { lockSlos } from './lock-slo.ts';

export async function exclude(db: Database, order: ExclusionOrder): Promise<SloExclusion> {
  refuseUnsigned(order);
  refuseBadStretch(order);
  await requireSubject(db, order.subject);
  return db.transaction().execute(async (tx) => {
    await lockSlos(tx, [order]);
    await refuseOverlap(tx, order);
    const row = await tx
      .insertInto('slo_exclusions')
      .values({
        ...{ subject_id: order.subject, slo_id: order.slo, kind: order.kind },
        ...{ from_at: order.from, to_at: order.to, recorded_at: order.at },
        ...{ reason: storedText(order.reason.trim()), signed_by: storedText(order.by.trim()) },
        ...{ evidence: storedText(order.evidence.trim()), withdrawn_at: null, withdrawn_by: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toExclusion(row);
  });
}

function refuseUnsigned({ reason, by, evidence }: ExclusionOrder): void {
  const missing = Object.entries({ reason, by, evidence }).filter(([, text]) => text.trim() === '');
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name).join(' and ');
  throw new InputError(`an exclusion needs ${names}: who leaves time out says so, why, and what shows it`);
}

function refuseBadStretch({ from, to, at, periodSeconds }: ExclusionOrder): void {
  const [begin, end, now] = [Date.parse(from), Date.parse(to), Date.parse(at)];
  if (!(end > begin))
    throw new InputError(`the exclusion ends at ${to}, which is not after its beginning ${from}`);
  if (begin >= now || end > now) {
    throw new InputError(
      `the exclusion ${from} to ${to} lies in the future (it is ${at}): record it once it is over, for what has ` +
        'not happened yet cannot be excused',
    );
  }
  const seconds = (end - begin) / 1000;
  if (seconds > periodSeconds) {
    throw new InputError(
      `the exclusion ${from} to ${to} lasts ${seconds} s, longer than the period of the SLO (${periodSeconds} s): ` +
        'exclude only the time that the reason explains',
    );
  }
}

async function refuseOverlap(tx: Tx, { subject, slo, from, to }: ExclusionOrder): Promise<void> {
  const other = await tx
    .selectFrom('slo_exclusions')
    .select(['id', 'from_at', 'to_at'])
    .where('subject_id', '=', subject)
    .where('slo_id', '=', slo)
    .where('withdrawn_at', 'is', null)
    .where('from_at', '<', to)
    .where('to_at', '>', from)
    .orderBy('from_at')
    .executeTakeFirst();
  if (!other) return;
  throw new InputError(
    `the exclusion ${from} to ${to} overlaps exclusion ${other.id} (${other.from_at} to ${other.to_at}) of ${slo}: ` +
      'exclude only the rest, or withdraw that one first',
  );
}

export async function withdraw(db: Database, id: number, by: string, at: string): Promise<SloExclusion> {
  if (by.trim() === '') throw new InputError('who withdraws an exclusion gives a name');
  const row = isRowNumber(id)
    ? await db
        .updateTable('slo_exclusions')
        .set({ withdrawn_by: storedText(by.trim()), withdrawn_at: at })
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
    : undefined;
  if (row) return toExclusion(row);
  throw new InputError(
    `there is no standing exclusion ${id}: it was withdrawn already, or the number is wrong`,
  );
}

/** Newest first, withdrawn ones too; null = of every SLO. */
export async function listExclusions(
  db: Database,
  subjects: readonly string[],
  slo: string | null,
): Promise<SloExclusion[]> {
  if (subjects.length === 0) return [];
  let query = db.selectFrom('slo_exclusions').selectAll().where('subject_id', 'in', subjects);
  if (slo !== null) query = query.where('slo_id', '=', slo);
  const rows = await query.orderBy('from_at', 'desc').orderBy('id', 'desc').execute();
  return rows.map(toExclusion);
}

function toExclusion(row: Selectable<SloExclusionsTable>): SloExclusion {
  return {
    ...{ id: row.id, slo: row.slo_id, subject: row.subject_id, kind: row.kind },
    ...{ from: row.from_at, to: row.to_at, reason: row.reason, by: row.signed_by, evidence: row.evidence },
    ...{ recordedAt: row.recorded_at, withdrawnAt: row.withdrawn_at, withdrawnBy: row.withdrawn_by },
  };
}
