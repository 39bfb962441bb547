import { sql } from 'kysely';
import type { RetentionPolicy } from '../contract.ts';
import type { Database } from '../schema/tables.ts';

/**
 * Runs that succeeded tell nothing after two days but when the last one was; those that failed explain gaps for as long
 * as readings are kept.
 */
const succeededRunDays = 2;
const runsPerStep = 20_000;
const day = 86_400_000;

/** The last run of every job and its last success stay. */
export async function removeOldRuns(db: Database, now: number, policy: RetentionPolicy): Promise<number> {
  const before = (days: number) => new Date(now - days * day).toISOString();
  const longest = Math.max(policy.rawDays, policy.fiveMinuteDays, policy.hourDays);
  const gone = await sql`
    delete from collector_runs where id in (
      select r.id from collector_runs r
      where ((r.state = 'succeeded' and r.started_at < ${before(succeededRunDays)}::timestamptz)
          or r.started_at < ${before(longest)}::timestamptz)
        and exists (select from collector_runs later where later.job = r.job and later.started_at > r.started_at
          and (r.state = 'failed' or later.state <> 'failed'))
      limit ${runsPerStep})`.execute(db);
  return Number(gone.numAffectedRows ?? 0);
}
