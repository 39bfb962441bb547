import { type RawBuilder, sql } from 'kysely';
import type { ModelNode, Observation, SourceFile, Text } from '../../scoring/contract.ts';
import type { ObserveRequest } from '../contract.ts';
import type { Database, Tx } from '../schema/tables.ts';
import { descendantsOf } from '../subject-tree.ts';
import { enteredCandidates, importedCandidates } from './candidates.ts';
import {
  type Aggregate,
  aggregateOf,
  type Cohort,
  cohortKey,
  cohortOf,
  type RecordsMeasure,
} from './cohort.ts';
import { isReported } from './coverage.ts';
import { figureOf, type MeasuredFigure } from './figures.ts';
import { type MetricEvidence, metricCandidates } from './metrics.ts';
import * as reasons from './reasons.ts';
import { referredCandidates, resolveReferences } from './references.ts';

interface MeasuredLeaf {
  readonly node: ModelNode;
  readonly measure: RecordsMeasure;
}

/**
 * All candidates for the leaves, in the order of the leaves; see EvidenceQueries.observe. Records and entries are read
 * in one snapshot: an import that commits meanwhile counts for all of them or for none.
 */
export async function observe(evidence: MetricEvidence, request: ObserveRequest): Promise<Observation[]> {
  const references = resolveReferences(request);
  const targets = [...new Set([...references.values()].map(({ target }) => target))].filter(
    (each) => each !== null,
  );
  const own = await observeLeaves(evidence, request);
  const referred =
    targets.length > 0 ? await observeLeaves(evidence, { ...request, leaves: targets }) : new Map();
  return request.leaves.flatMap((leaf) => {
    const reference = references.get(leaf.id);
    const told = own.get(leaf.id) ?? [];
    if (!reference) return told;
    return referredCandidates(reference, {
      own: told,
      found: referred.get(reference.target?.id) ?? [],
      request,
    });
  });
}

async function observeLeaves(
  evidence: MetricEvidence,
  request: ObserveRequest,
): Promise<ReadonlyMap<string | undefined, readonly Observation[]>> {
  const subjects = await descendantsOf(evidence.db, request.subject);
  const candidates = [
    ...(await metricCandidates(evidence, request, subjects)),
    ...(await evidence.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((tx) => observeSnapshot(tx, request, subjects))),
  ];
  const byLeaf = Map.groupBy(candidates, ({ indicator }) => indicator);
  return new Map(
    request.leaves.map((leaf) => [leaf.id, candidatesOf(leaf, byLeaf.get(leaf.id) ?? [], request)]),
  );
}

async function observeSnapshot(
  db: Tx,
  request: ObserveRequest,
  subjects: readonly string[],
): Promise<Observation[]> {
  return [
    ...(await measuredCandidates(db, request, subjects)),
    ...(await enteredCandidates(db, request)),
    ...(await importedCandidates(db, request)),
  ];
}

/** What is told of a leaf: everything that says something, else the one reason why nothing is. */
function candidatesOf(
  leaf: ModelNode,
  found: readonly Observation[],
  request: ObserveRequest,
): readonly Observation[] {
  const told = found.filter(({ state }) => state !== 'notReported');
  if (told.length > 0) return told;
  return found.length > 0
    ? found.slice(0, 1)
    : [unvalued(leaf, request, 'notReported', reasons.noEntry(request))];
}

async function measuredCandidates(
  db: Tx,
  request: ObserveRequest,
  subjects: readonly string[],
): Promise<Observation[]> {
  const leaves = request.leaves.flatMap((node): MeasuredLeaf[] => {
    const measure = node.leaf?.measure;
    return measure?.kind === 'records' ? [{ node, measure }] : [];
  });
  const groups = [...Map.groupBy(leaves, ({ measure }) => cohortKey(measure)).values()];
  const observations: Observation[] = [];
  for (const group of groups) observations.push(...(await observeOrFail(db, request, subjects, group)));
  return observations;
}

/** A figure that cannot be computed (a number beyond the range of doubles) fails alone, with its reason. */
async function observeOrFail(
  db: Tx,
  request: ObserveRequest,
  subjects: readonly string[],
  group: readonly MeasuredLeaf[],
): Promise<Observation[]> {
  await sql`savepoint figure`.execute(db);
  try {
    return await observeGroup(db, request, subjects, group);
  } catch (cause) {
    if (!isDataException(cause)) throw cause;
    await sql`rollback to savepoint figure`.execute(db);
    const [first, ...others] = group;
    if (!first) return [];
    if (others.length === 0)
      return [unvalued(first.node, request, 'failed', reasons.notComputable(cause.message))];
    const each: Observation[] = [];
    for (const leaf of group) each.push(...(await observeOrFail(db, request, subjects, [leaf])));
    return each;
  }
}

/** SQLSTATE class 22. */
function isDataException(cause: unknown): cause is Error {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('22');
}

/** One pass over a cohort for all the leaves that share it. */
async function observeGroup(
  db: Database,
  request: ObserveRequest,
  subjects: readonly string[],
  group: readonly MeasuredLeaf[],
): Promise<Observation[]> {
  const [first] = group;
  if (!first) return [];
  const cohort = cohortOf(first.measure, { ...request, subjects });
  const aggregates = group.map(({ measure }) => aggregateOf(measure, cohort.scope));
  const row = await aggregateCohort(db, cohort, aggregates);
  const rows = row.rows ?? 0;
  const reported = rows > 0 || (await isReported(db, request, subjects, cohort));
  const files = rows > 0 ? await filesOf(db, cohort) : [];
  return group.map(({ node, measure }, index) => {
    if (!reported) return unvalued(node, request, 'notReported', reasons.noRecords(measure.records, request));
    const figure = figureOf(measure, {
      numerator: row[`n${index}`] ?? 0,
      denominator: row[`d${index}`] ?? 0,
      value: row[`v${index}`] ?? null,
    });
    return toObservation(node, measure, request, { figure, files, rows });
  });
}

async function aggregateCohort(
  db: Database,
  cohort: Cohort,
  aggregates: readonly Aggregate[],
): Promise<Readonly<Record<string, number | null>>> {
  const columns = aggregates.flatMap(({ numerator, denominator, value }, index): RawBuilder<unknown>[] => [
    sql`${numerator} as ${sql.ref(`n${index}`)}`,
    sql`${denominator} as ${sql.ref(`d${index}`)}`,
    ...(value ? [sql`${value} as ${sql.ref(`v${index}`)}`] : []),
  ]);
  const { rows } = await sql<Record<string, number | null>>`
    select count(*) as rows, ${sql.join(columns)} from ${cohort.table} where ${cohort.counted}`.execute(db);
  return rows[0] ?? {};
}

/** The files that the cohort's records came from, most rows first. */
async function filesOf(db: Database, cohort: Cohort): Promise<SourceFile[]> {
  const { rows } = await sql<SourceFile>`
    select i.file_name as name, i.sha256, sum(c.rows)::bigint as rows
    from (select import_id, count(*) as rows from ${cohort.table} where ${cohort.counted} group by import_id) c
      join imports i on i.id = c.import_id
    group by i.file_name, i.sha256 order by rows desc, i.file_name, i.sha256`.execute(db);
  return rows;
}

function toObservation(
  node: ModelNode,
  measure: RecordsMeasure,
  request: ObserveRequest,
  { figure, files, rows }: { figure: MeasuredFigure; files: SourceFile[]; rows: number },
): Observation {
  const isZeroBase = figure.value === null;
  return {
    ...identityOf(node, request),
    state: isZeroBase ? 'zeroBase' : 'measured',
    value: figure.value,
    numerator: figure.numerator,
    denominator: figure.denominator,
    provenance: isZeroBase ? null : 'measured',
    reason: isZeroBase ? reasons.zeroBase(measure.records, request) : null,
    source: { kind: 'records', query: measure.text, files, rows, asOf: request.cutoff },
  };
}

function unvalued(
  node: ModelNode,
  request: ObserveRequest,
  state: 'notReported' | 'failed',
  reason: Text,
): Observation {
  return {
    ...identityOf(node, request),
    state,
    value: null,
    numerator: null,
    denominator: null,
    provenance: null,
    reason,
    source: null,
  };
}

function identityOf(node: ModelNode, { subject, period }: ObserveRequest) {
  return { indicator: node.id, subject, period: period.id, unit: node.unit };
}
