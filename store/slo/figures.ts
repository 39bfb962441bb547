import { sql } from 'kysely';
import {
  canonicalJson,
  type SloDefinition,
  type SloFigure,
  type SloStanding,
  sha256Of,
} from '../../rules/contract.ts';
import type { SloRegister } from '../contract.ts';
import type { Database, Tx } from '../schema/tables.ts';
import { requireSubject } from '../security/require-subject.ts';
import { lockSlo } from './lock-slo.ts';
import { restatement } from './restatement.ts';

type Saved = Awaited<ReturnType<SloRegister['save']>>;

interface FigureRow {
  readonly body: string;
  readonly revision: number;
}

export async function saveFigure(db: Database, definition: SloDefinition, figure: SloFigure): Promise<Saved> {
  const text = canonicalJson(definition);
  if (sha256Of(text) !== figure.specSha256)
    throw new RangeError(`the figure of ${figure.slo} was not counted by the definition it comes with`);
  await requireSubject(db, figure.subject);
  return db.transaction().execute(async (tx) => {
    await lockSlo(tx, figure);
    await tx
      .insertInto('slo_definitions')
      .values({ sha256: figure.specSha256, body: text })
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .execute();
    const saved = await writeFigure(tx, definition, figure);
    if (saved.isNew && figure.span.kind === 'rolling') await keepOneOfTheDay(tx, figure);
    return saved;
  });
}

async function writeFigure(tx: Tx, definition: SloDefinition, figure: SloFigure): Promise<Saved> {
  const found = await tx
    .selectFrom('slo_figures')
    .select(['id', 'body', 'revision'])
    .where('subject_id', '=', figure.subject)
    .where('slo_id', '=', figure.slo)
    .where('span_id', '=', figure.span.id)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  const change = found ? restatement(toFigure(found), figure) : 'revise';
  if (found && change === 'keep') return { revision: found.revision, isNew: false };
  const row = rowOf(definition, figure);
  if (found && change === 'replace') {
    await tx.updateTable('slo_figures').set(row).where('id', '=', found.id).execute();
    return { revision: found.revision, isNew: true };
  }
  const revision = (found?.revision ?? 0) + 1;
  await tx
    .insertInto('slo_figures')
    .values({ ...row, revision })
    .execute();
  return { revision, isNew: true };
}

function rowOf(definition: SloDefinition, { revision: _, ...figure }: SloFigure) {
  const { period } = definition;
  const { span } = figure;
  return {
    ...{ subject_id: figure.subject, slo_id: figure.slo, span_kind: span.kind, span_id: span.id },
    ...{ from_at: span.from, to_at: span.to, as_of: figure.asOf, state: figure.state },
    is_period: span.kind === (period.kind === 'rolling' ? 'rolling' : period.unit),
    has_ended: Date.parse(figure.asOf) >= Date.parse(span.to),
    ...{ definition_sha256: figure.specSha256, body: canonicalJson(figure) },
  };
}

/** A rolling window has ended whenever it is counted; of each day (UTC) the last one stays, or they would pile up. */
async function keepOneOfTheDay(tx: Tx, { subject, slo, span }: SloFigure): Promise<void> {
  const day = `${new Date(span.to).toISOString().slice(0, 10)}T00:00:00Z`;
  await tx
    .deleteFrom('slo_figures')
    .where('subject_id', '=', subject)
    .where('slo_id', '=', slo)
    .where('span_kind', '=', 'rolling')
    .where('to_at', '>=', day)
    .where('to_at', '<', span.to)
    .execute();
}

/** A rolling window counts as begun where it ends: all of it must be known by then. */
export async function latestStandings(
  db: Database,
  subjects: readonly string[],
  before: string | null,
): Promise<SloStanding[]> {
  const { rows } = await sql<FigureRow & { readonly definition: string }>`
    select newest.body, newest.revision, definition.body as definition from (
      select distinct on (subject_id, slo_id) * from slo_figures
      where subject_id = any(${[...subjects]}::text[]) and is_period and (${before}::timestamptz is null
        or case span_kind when 'rolling' then to_at <= ${before} else from_at < ${before} end)
      order by subject_id, slo_id, least(as_of, to_at) desc, from_at desc, revision desc) newest
    join slo_definitions definition on definition.sha256 = newest.definition_sha256
    order by newest.slo_id collate "C", newest.subject_id collate "C"`.execute(db);
  return rows.map((row) => ({ definition: JSON.parse(row.definition), figure: toFigure(row) }));
}

export async function listFigures(
  db: Database,
  { slo, subject, kind, from, to }: Parameters<SloRegister['figures']>[0],
): Promise<SloFigure[]> {
  const { rows } = await sql<FigureRow>`
    select body, revision from (
      select distinct on (from_at, span_id) body, revision, from_at from slo_figures
      where subject_id = ${subject} and slo_id = ${slo} and span_kind = ${kind}
        and from_at >= ${from} and from_at < ${to}
      order by from_at, span_id, revision desc) newest
    order by from_at desc`.execute(db);
  return rows.map(toFigure);
}

export async function listRevisions(
  db: Database,
  { slo, subject, span }: Parameters<SloRegister['revisions']>[0],
): Promise<SloFigure[]> {
  const rows = await db
    .selectFrom('slo_figures')
    .select(['body', 'revision'])
    .where('subject_id', '=', subject)
    .where('slo_id', '=', slo)
    .where('span_id', '=', span)
    .orderBy('revision')
    .execute();
  return rows.map(toFigure);
}

function toFigure({ body, revision }: FigureRow): SloFigure {
  return { ...(JSON.parse(body) as Omit<SloFigure, 'revision'>), revision };
}
