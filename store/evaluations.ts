import { type SelectQueryBuilder, sql } from 'kysely';
import { canonicalJson, type Evaluation, InputError, type Model, sha256Of } from '../scoring/contract.ts';
import type { EvaluationFilter, EvaluationSummary, EvaluationTable } from './contract.ts';
import type { Database, EvaluationsTable, Schema, Tx } from './schema/tables.ts';

const prefixPattern = /^[0-9a-f]{8,64}$/;

type Stored = Pick<EvaluationsTable, 'sha256' | 'body'>;

export function openEvaluations(db: Database): EvaluationTable {
  return {
    save: (evaluation, model, createdAt) =>
      db.transaction().execute((tx) => saveEvaluation(tx, evaluation, model, createdAt)),
    async get(sha256) {
      const row = await findByPrefix(db, sha256.toLowerCase());
      return row ? readEvaluation(row) : null;
    },
    async latest(model, subject, period) {
      const query = db
        .selectFrom('evaluations')
        .select(['sha256', 'body'])
        .where('model_id', '=', model)
        .where('subject_id', '=', subject)
        .$if(period !== undefined, (builder) => builder.where('period', '=', period as string))
        .orderBy('period_end', 'desc')
        .orderBy('saved', 'desc')
        .limit(1);
      const row = await query.executeTakeFirst();
      return row ? readEvaluation(row) : null;
    },
    list: (filter) => listSummaries(db, filter),
    async modelYaml(sha256) {
      const row = await db
        .selectFrom('models')
        .select('yaml')
        .where('sha256', '=', sha256)
        .executeTakeFirst();
      if (row && sha256Of(row.yaml) !== sha256) throw altered('model', sha256);
      return row?.yaml ?? null;
    },
  };
}

async function saveEvaluation(
  tx: Tx,
  evaluation: Evaluation,
  model: Model,
  createdAt: string,
): Promise<'new' | 'existing'> {
  const { sha256, ...content } = evaluation;
  const body = canonicalJson(content);
  if (sha256Of(body) !== sha256) throw new RangeError(`evaluation ${sha256} does not match its own content`);
  if (sha256Of(model.yaml) !== model.sha256 || model.sha256 !== evaluation.model.sha256) {
    throw new RangeError(`evaluation ${sha256} was not made with the model ${model.sha256} handed in`);
  }
  await tx
    .insertInto('models')
    .values({ sha256: model.sha256, id: model.id, version: model.version, yaml: model.yaml })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const added = await tx
    .insertInto('evaluations')
    .values({ sha256, body, created_at: createdAt, ...summaryColumns(evaluation) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('sha256')
    .executeTakeFirst();
  if (added) return 'new';
  await sql`update evaluations set saved = nextval('saves') where sha256 = ${sha256}`.execute(tx);
  return 'existing';
}

function summaryColumns({ model, subject, period, asOf, overall }: Evaluation) {
  return {
    model_id: model.id,
    model_version: model.version,
    model_sha256: model.sha256,
    subject_id: subject.id,
    period: period.id,
    period_end: period.end,
    as_of: asOf,
    grade: overall.grade,
    coverage: overall.coverage,
  };
}

async function findByPrefix(db: Database, prefix: string): Promise<Stored | null> {
  if (!prefixPattern.test(prefix)) return null;
  const rows = await db
    .selectFrom('evaluations')
    .select(['sha256', 'body'])
    .where('sha256', 'like', `${prefix}%`)
    .limit(2)
    .execute();
  if (rows.length > 1) throw new RangeError(`evaluation "${prefix}" is ambiguous: write more digits`);
  return rows[0] ?? null;
}

/** The stored text is the evidence: it must still have the hash it is filed under. */
function readEvaluation({ sha256, body }: Stored): Evaluation {
  if (sha256Of(body) !== sha256) throw altered('evaluation', sha256);
  return { ...(JSON.parse(body) as Omit<Evaluation, 'sha256'>), sha256 };
}

function altered(what: string, sha256: string): InputError {
  return new InputError(
    `The stored ${what} ${sha256} was altered: its content no longer has this SHA-256. Restore the evidence store from a copy.`,
  );
}

async function listSummaries(db: Database, filter: EvaluationFilter): Promise<EvaluationSummary[]> {
  const { model, subject, period } = filter;
  let query: SelectQueryBuilder<Schema, 'evaluations', object> = db.selectFrom('evaluations');
  if (model !== undefined) query = query.where('model_id', '=', model);
  if (subject !== undefined) query = query.where('subject_id', '=', subject);
  if (period !== undefined) query = query.where('period', '=', period);
  return query
    .select([
      'sha256',
      'model_id as model',
      'model_version as modelVersion',
      'subject_id as subject',
      'period',
      'as_of as asOf',
      'grade',
      'coverage',
      'created_at as createdAt',
    ])
    .orderBy('saved', 'desc')
    .execute();
}
