import { sql } from 'kysely';
import type { CollectorOutcome } from '../../collectors/contract.ts';
import { canonicalJson } from '../../scoring/contract.ts';
import type { CollectorRunTable } from '../contract.ts';
import type { Database } from '../schema/tables.ts';

export function openRuns(db: Database): CollectorRunTable {
  return {
    async save(outcome) {
      const { job, collector, subject, startedAt, state } = outcome;
      const row = { job, collector, subject_id: subject, started_at: startedAt, state };
      await db
        .insertInto('collector_runs')
        .values({ ...row, body: canonicalJson(outcome) })
        .execute();
    },
    async latest() {
      const { rows } = await sql<{ body: string; succeeded_at: string | null }>`
        select last.body, (select max(started_at) from collector_runs r
          where r.job = last.job and r.state <> 'failed') as succeeded_at
        from (select distinct on (job) job, body from collector_runs order by job, started_at desc, id desc) last
        order by last.job collate "C"`.execute(db);
      return rows.map(({ body, succeeded_at }) => ({
        outcome: JSON.parse(body) as CollectorOutcome,
        lastSuccessAt: succeeded_at,
      }));
    },
    async list(job, limit) {
      const rows = await db
        .selectFrom('collector_runs')
        .select('body')
        .where('job', '=', job)
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ body }) => JSON.parse(body) as CollectorOutcome);
    },
  };
}
