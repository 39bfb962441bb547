import { type Insertable, sql } from 'kysely';
import {
  canonicalJson,
  type SloDefinition,
  type SloFigure,
  type SloStanding,
  sha256Of,
} from '../../rules/contract.ts';
import type { SloRegister } from '../contract.ts';
import type { SloFiguresTable } from '../schema/slo-tables.ts';
import type { Database, Tx } from '../schema/tables.ts';
import { requireSubject } from '../security/require-subject.ts';
import { lockSlos } from './lock-slo.ts';
import { restatement } from './restatement.ts';

interface FigureRow {
  readonly body: string;
  readonly revision: number;
}

type Revised = Awaited<ReturnType<SloRegister['save']>>[number];

interface KeptFigure {
  readonly id: number;
  readonly figure: SloFigure;
}

/** Rows of one statement: a server takes 65,535 values in it. */
const rowsPerStatement = 2000;

export async function saveFigures(db: Database, standings: readonly SloStanding[]): Promise<Revised[]> {
  if (standings.length === 0) return [];
  const figures = standings.map(({ figure }) => figure);
  refuseTwice(figures);
  const definitions = definitionRows(standings);
  for (const subject of new Set(figures.map((figure) => figure.subject))) await requireSubject(db, subject);
  return db.transaction().execute(async (tx) => {
    await lockSlos(tx, figures);
    await tx
      .insertInto('slo_definitions')
      .values(definitions)
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .execute();
    const kept = await keptFigures(tx, figures);
    const saved: Revised[] = [];
    const rows: Insertable<SloFiguresTable>[] = [];
    for (const { definition, figure } of standings) {
      const before = kept.get(keyOf(figure));
      const change = before ? restatement(before.figure, figure) : 'revise';
      const revision = (before?.figure.revision ?? 0) + (change === 'revise' ? 1 : 0);
      const row = rowOf(definition, figure);
      if (change === 'revise') rows.push({ ...row, revision });
      if (change === 'replace' && before)
        await tx.updateTable('slo_figures').set(row).where('id', '=', before.id).execute();
      saved.push({ revision, isNew: change !== 'keep' });
    }
    for (let at = 0; at < rows.length; at += rowsPerStatement)
      await tx
        .insertInto('slo_figures')
        .values(rows.slice(at, at + rowsPerStatement))
        .execute();
    const rolling = figures.filter(({ span }, index) => span.kind === 'rolling' && saved[index]?.isNew);
    for (const figure of rolling) await keepOneOfTheDay(tx, figure);
    return saved;
  });
}

const keyOf = ({ subject, slo, span }: SloFigure) => JSON.stringify([subject, slo, span.id]);

function refuseTwice(figures: readonly SloFigure[]): void {
  const seen = new Set<string>();
  for (const figure of figures) {
    const key = keyOf(figure);
    if (seen.has(key))
      throw new RangeError(`${figure.span.id} of ${figure.slo} is to be saved twice at once`);
    seen.add(key);
  }
}

/** Each definition once; RangeError when a figure was counted by another one than it comes with. */
function definitionRows(standings: readonly SloStanding[]) {
  const bodies = new Map<SloDefinition, { readonly sha256: string; readonly body: string }>();
  for (const { definition, figure } of standings) {
    const body = bodies.get(definition)?.body ?? canonicalJson(definition);
    const sha256 = bodies.get(definition)?.sha256 ?? sha256Of(body);
    if (sha256 !== figure.specSha256)
      throw new RangeError(`the figure of ${figure.slo} was not counted by the definition it comes with`);
    bodies.set(definition, { sha256, body });
  }
  return [...new Map([...bodies.values()].map((row) => [row.sha256, row])).values()];
}

/** The last revision of each span that is kept already. */
async function keptFigures(tx: Tx, figures: readonly SloFigure[]): Promise<ReadonlyMap<string, KeptFigure>> {
  const columns = [
    figures.map(({ subject }) => subject),
    figures.map(({ slo }) => slo),
    figures.map(({ span }) => span.id),
  ] as const;
  const { rows } = await sql<FigureRow & { readonly id: number }>`
    select distinct on (subject_id, slo_id, span_id) id, body, revision from slo_figures
    where (subject_id, slo_id, span_id) in
      (select * from unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[]))
    order by subject_id, slo_id, span_id, revision desc`.execute(tx);
  const kept = rows.map((row) => ({ id: row.id, figure: toFigure(row) }));
  return new Map(kept.map((each) => [keyOf(each.figure), each]));
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
