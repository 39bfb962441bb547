import { sql } from 'kysely';
import type { QualityRun } from '../../collectors/contract.ts';
import { canonicalJson } from '../../scoring/contract.ts';
import type { QualityTable } from '../contract.ts';
import type { Database, Tx } from '../schema/tables.ts';
import { packResults, unpackResult } from './packed-results.ts';

interface RunRow {
  readonly id: number;
  readonly body: string;
  readonly statements: string;
}

export function openQuality(db: Database): QualityTable {
  return {
    save: (run) => db.transaction().execute((tx) => save(tx, run)),
    async latest(subjects, before) {
      const { rows } = await sql<RunRow>`
        select id, body, statements from (
          select distinct on (source, subject_id) id, source, subject_id, body, statements from quality_runs
          where subject_id = any(${[...subjects]}::text[])
            and (${before}::timestamptz is null or started_at < ${before}::timestamptz)
          order by source, subject_id, started_at desc) newest
        order by source collate "C", subject_id collate "C"`.execute(db);
      return withResults(db, rows);
    },
    async runs({ subject, source }, limit) {
      const rows = await db
        .selectFrom('quality_runs')
        .select(['id', 'body', 'statements'])
        .where('subject_id', '=', subject)
        .where('source', '=', source)
        .orderBy('started_at', 'desc')
        .limit(limit)
        .execute();
      return withResults(db, rows);
    },
    async results({ subject, source, check }, limit) {
      const rows = await db
        .selectFrom('quality_runs as run')
        .innerJoin('quality_results as result', 'result.run_id', 'run.id')
        .select(['run.started_at', 'run.statements', 'result.body'])
        .where('run.subject_id', '=', subject)
        .where('run.source', '=', source)
        .where('result.check_id', '=', check)
        .orderBy('run.started_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ body, started_at, statements }) => ({
        ...unpackResult(body, JSON.parse(statements)),
        at: started_at,
      }));
    },
  };
}

async function save(tx: Tx, { results, ...run }: QualityRun): Promise<void> {
  const packed = packResults(results);
  const content = { body: canonicalJson(run), statements: JSON.stringify(packed.statements) };
  const { id } = await tx
    .insertInto('quality_runs')
    .values({ subject_id: run.subject, source: run.source.id, started_at: run.startedAt, ...content })
    .onConflict((conflict) => conflict.columns(['subject_id', 'source', 'started_at']).doUpdateSet(content))
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.deleteFrom('quality_results').where('run_id', '=', id).execute();
  if (results.length === 0) return;
  const rows = results.map(({ check }, position) => ({
    ...{ run_id: id, position, check_id: check },
    body: packed.bodies[position] ?? '',
  }));
  await tx.insertInto('quality_results').values(rows).execute();
}

/** The runs of the rows, in their order, with their results in the order of the check file. */
async function withResults(db: Database, rows: readonly RunRow[]): Promise<readonly QualityRun[]> {
  if (rows.length === 0) return [];
  const results = await db
    .selectFrom('quality_results')
    .select(['run_id', 'body'])
    .where(
      'run_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('run_id')
    .orderBy('position')
    .execute();
  const byRun = Map.groupBy(results, ({ run_id }) => run_id);
  return rows.map(({ id, body, statements }) => {
    const known = JSON.parse(statements) as string[];
    return {
      ...(JSON.parse(body) as Omit<QualityRun, 'results'>),
      results: (byRun.get(id) ?? []).map((row) => unpackResult(row.body, known)),
    };
  });
}
