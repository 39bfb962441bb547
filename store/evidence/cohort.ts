import { type RawBuilder, sql } from 'kysely';
import type { Measure, Period, RecordExpression, RecordKind } from '../../scoring/contract.ts';
import { recordColumns, requireColumn } from '../schema/record-columns.ts';
import { recordTables } from '../schema/tables.ts';
import { compileExpression, compileSpan, type ExpressionScope, secondsPer } from './expression-sql.ts';

export type RecordsMeasure = Extract<Measure, { kind: 'records' }>;

/** The records that a measure looks at, for one set of subjects, period and cut-off. */
export interface Cohort {
  readonly scope: ExpressionScope;
  readonly table: RawBuilder<unknown>;
  /** The instant that places a record in the period; null for a faulty one that has no instant at all. */
  readonly placedAt: RawBuilder<unknown>;
  /** Records of the kind in the period, faulty ones and those that do not count included. */
  readonly reported: RawBuilder<unknown>;
  /** Those of them that count for the measure. */
  readonly counted: RawBuilder<unknown>;
}

export interface CohortBounds {
  readonly subjects: readonly string[];
  readonly period: Period;
  readonly cutoff: string;
}

/** Measures with the same key share a cohort, so that one pass over its records serves them all. */
export function cohortKey({ records, cohort, where, population }: RecordsMeasure): string {
  return JSON.stringify([records, cohort, where, population]);
}

/**
 * Sound records belong to the period of their cohort instant. A population with faulty records also takes those without
 * one, so that none stays out of sight: in the period of their first other instant, or, without any, in each period that
 * their import covers some of.
 */
export function cohortOf(measure: RecordsMeasure, { subjects, period, cutoff }: CohortBounds): Cohort {
  const kind: RecordKind = measure.records;
  const scope = { kind, bounds: { start: period.start, end: period.end, cutoff } };
  const { column, type } = requireColumn(kind, measure.cohort);
  if (type !== 'instant') throw new RangeError(`${kind}: cohort field "${measure.cohort}" is not an instant`);
  const table = sql.table(recordTables[kind]);
  const cohortColumn = sql.ref(column);
  const ofSubjects = sql`subject_id = any(${subjects}::text[])`;
  const isPlaced = isWithin(cohortColumn, { period, cutoff });
  const where = compileExpression(measure.where, scope);
  if (measure.population === 'sound') {
    const reported = sql`${ofSubjects} and ${isPlaced}`;
    const counted = sql`${reported} and fault is null and ${where}`;
    return { scope, table, placedAt: cohortColumn, reported, counted };
  }
  const stepAt = firstOtherInstant(kind, column);
  const isStray = sql`${cohortColumn} is null and fault is not null
    and (${isWithin(stepAt, { period, cutoff })} or ${stepAt} is null and ${isOfImportIn({ period, cutoff })})`;
  const reported = sql`${ofSubjects} and (${isPlaced} or ${isStray})`;
  const placedAt = sql`coalesce(${cohortColumn}, ${stepAt})`;
  return { scope, table, placedAt, reported, counted: sql`${reported} and ${where}` };
}

type Within = Pick<CohortBounds, 'period' | 'cutoff'>;

function isWithin(at: RawBuilder<unknown>, { period, cutoff }: Within): RawBuilder<unknown> {
  return sql`${at} >= ${period.start}::timestamptz and ${at} < ${period.end}::timestamptz
    and ${at} <= ${cutoff}::timestamptz`;
}

/** The first instant of the life cycle that a record has besides the cohort's, in the order of the kind's fields. */
function firstOtherInstant(kind: RecordKind, cohortColumn: string): RawBuilder<unknown> {
  const others = recordColumns(kind).filter(
    ({ type, column }) => type === 'instant' && column !== cohortColumn,
  );
  return sql`coalesce(${sql.join([...others.map(({ column }) => sql.ref(column)), sql`null::timestamptz`])})`;
}

/**
 * Whether the import of a record covers some of the period. The end of a span is not part of it, unless it is a single
 * instant; an import that covers nothing known counts at the time it was made. As an array the imports are looked up once,
 * and the index on the cohort stays the cheapest way even to a single row.
 */
function isOfImportIn({ period, cutoff }: Within): RawBuilder<unknown> {
  const from = sql`coalesce(i.covers_from, i.imported_at)`;
  const to = sql`coalesce(i.covers_to, i.imported_at)`;
  return sql`import_id = any(array(select i.id from imports i
    where ${from} < ${period.end}::timestamptz and ${from} <= ${cutoff}::timestamptz
      and (${from} >= ${period.start}::timestamptz or ${to} > ${period.start}::timestamptz)))`;
}

/** The columns of one measure's aggregate: `numerator`, `denominator` and, for a percentile, `value`. */
export interface Aggregate {
  readonly numerator: RawBuilder<unknown>;
  readonly denominator: RawBuilder<unknown>;
  readonly value: RawBuilder<unknown> | null;
}

/** Aggregates of a measure over the rows of its cohort. A count's denominator is the cohort itself. */
export function aggregateOf(measure: RecordsMeasure, scope: ExpressionScope): Aggregate {
  const { reduction } = measure;
  if (reduction.kind === 'count') {
    return {
      numerator: countOf(compileExpression(reduction.of, scope)),
      denominator: sql`count(*)`,
      value: null,
    };
  }
  if (reduction.kind === 'ratio') {
    const base = compileExpression(reduction.denominator, scope);
    const part = compileExpression(reduction.numerator, scope);
    return { numerator: countOf(sql`${base} and ${part}`), denominator: countOf(base), value: null };
  }
  if (reduction.kind === 'interval') {
    const hours = hoursUpTo(scope);
    return {
      numerator: sql`${hours}::double precision`,
      denominator: countOf(compileExpression(reduction.of, scope)),
      value: null,
    };
  }
  const of = compileExpression(reduction.of, scope);
  const among = membership(reduction, scope);
  if (reduction.kind === 'percentile') {
    const value = sql`percentile_cont(${reduction.at}::double precision) within group (order by ${of}) filter (where ${among})`;
    return { numerator: countOf(among), denominator: countOf(among), value };
  }
  const sum = sumOf(reduction.of, scope, among);
  return { numerator: sql`coalesce(${sum}, 0)`, denominator: countOf(among), value: null };
}

/** Hours from the start of the period to its end or the cut-off, whichever comes first. */
function hoursUpTo({ bounds }: ExpressionScope): number {
  const to = Math.min(Date.parse(bounds.end), Date.parse(bounds.cutoff));
  return (to - Date.parse(bounds.start)) / 3_600_000;
}

/** Records that are part of a mean or percentile: they meet `among` and have the value. */
export function membership(
  reduction: { readonly of: RecordExpression; readonly among: RecordExpression },
  scope: ExpressionScope,
): RawBuilder<unknown> {
  return sql`${compileExpression(reduction.among, scope)} and ${compileExpression(reduction.of, scope)} is not null`;
}

function countOf(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`count(*) filter (where ${condition})`;
}

/** Durations are summed as intervals: exact, and the same whatever the order of the rows. */
function sumOf(
  of: RecordExpression,
  scope: ExpressionScope,
  among: RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (of.op !== 'duration') return sql`sum(${compileExpression(of, scope)}) filter (where ${among})`;
  const span = compileSpan(of, scope);
  return sql`date_part('epoch', sum(${span}) filter (where ${among})) / ${sql.lit(secondsPer(of.unit))}`;
}
