import { type RawBuilder, sql } from 'kysely';
import {
  type Drill,
  type DrillPart,
  InputError,
  type ModelNode,
  recordKindSpecs,
} from '../../scoring/contract.ts';
import type { EvidenceRequest } from '../contract.ts';
import { columnOf } from '../schema/record-columns.ts';
import type { Database } from '../schema/tables.ts';
import { descendantsOf } from '../subject-tree.ts';
import { aggregateOf, cohortOf, type RecordsMeasure } from './cohort.ts';
import { isReported } from './coverage.ts';
import * as reasons from './reasons.ts';

type DrillRequest = EvidenceRequest & { readonly leaf: ModelNode; readonly by: string };

interface Row {
  readonly slice: string | null;
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
}

/** A leaf's figure by slice; see EvidenceQueries.drill. Records of the subject itself form the slice of its own id. */
export async function drill(db: Database, request: DrillRequest): Promise<Drill> {
  const measure = requireRecordsMeasure(request.leaf);
  const subjects = await descendantsOf(db, request.subject);
  const slicing = await sliceBy(db, measure, request);
  const rows = await aggregateBy(db, request, { measure, subjects, slicing });
  if (rows.length === 0) await requireReported(db, request, measure, subjects);
  const parts = rows.map((row) => partOf(measure, row.slice, row));
  const [whole] =
    measure.reduction.kind === 'percentile' || measure.reduction.kind === 'interval'
      ? await aggregateBy(db, request, { measure, subjects, slicing: unsliced })
      : [sumOfParts(parts)];
  return {
    indicator: request.leaf.id,
    subject: request.subject,
    period: request.period.id,
    asOf: request.cutoff,
    by: request.by,
    reduction: measure.reduction.kind,
    whole: partOf(measure, null, whole ?? { numerator: 0, denominator: 0, value: null }),
    parts,
  };
}

/** An empty table must not pass for "none happened" where nothing was reported. */
async function requireReported(
  db: Database,
  request: DrillRequest,
  measure: RecordsMeasure,
  subjects: readonly string[],
): Promise<void> {
  const cohort = cohortOf(measure, { ...request, subjects });
  if (await isReported(db, request, subjects, cohort)) return;
  throw new InputError(reasons.noRecords(measure.records, request).en);
}

/** RangeError when the leaf gets its value otherwise. */
export function requireRecordsMeasure(leaf: ModelNode): RecordsMeasure {
  const measure = leaf.leaf?.measure;
  if (measure?.kind !== 'records')
    throw new RangeError(`indicator "${leaf.id}" is not measured from records`);
  return measure;
}

/** How the records of a cohort fall into slices. */
interface Slicing {
  /** SQL of the slice of one record. */
  readonly slice: RawBuilder<unknown>;
  /** Join that the slice needs. */
  readonly join: RawBuilder<unknown>;
}

const unsliced: Slicing = { slice: sql`null::text`, join: sql`` };

async function sliceBy(db: Database, measure: RecordsMeasure, request: DrillRequest): Promise<Slicing> {
  const { subject, by } = request;
  if (by === 'subject') return sliceByChild(db, subject);
  const { slices } = recordKindSpecs[measure.records];
  const field = Object.hasOwn(slices, by) ? slices[by] : undefined;
  if (field === undefined) {
    const known = [...Object.keys(slices), 'subject'].join(', ');
    throw new RangeError(`${measure.records} have no slice "${by}": use one of ${known}`);
  }
  return { slice: sql`${sql.ref(columnOf(field))}::text`, join: sql`` };
}

/** The child of `subject` below which a record's subject lies; `subject` itself for its own records. */
async function sliceByChild(db: Database, subject: string): Promise<Slicing> {
  const { rows } = await sql<{ id: string; child: string }>`
    with recursive line as (
      select id, id as child from subjects where id = ${subject}
      union all
      select s.id, case when s.parent_id = ${subject} then s.id else line.child end
      from subjects s join line on s.parent_id = line.id)
    select id, child from line`.execute(db);
  const [ids, children] = [rows.map(({ id }) => id), rows.map(({ child }) => child)];
  return {
    slice: sql.ref('slice_child'),
    join: sql`join unnest(${ids}::text[], ${children}::text[]) as line (slice_id, slice_child)
      on slice_id = subject_id`,
  };
}

async function aggregateBy(
  db: Database,
  request: DrillRequest,
  {
    measure,
    subjects,
    slicing,
  }: {
    readonly measure: RecordsMeasure;
    readonly subjects: readonly string[];
    readonly slicing: Slicing;
  },
): Promise<Row[]> {
  const cohort = cohortOf(measure, { ...request, subjects });
  const { numerator, denominator, value } = aggregateOf(measure, cohort.scope);
  const { rows } = await sql<Row>`
    select slice, ${numerator} as numerator, ${denominator} as denominator,
      ${value ?? sql`null::double precision`} as value
    from (select *, ${slicing.slice} as slice from ${cohort.table} ${slicing.join} where ${cohort.counted}) cohort
    group by slice
    order by denominator desc, numerator desc, slice collate "C" nulls last`.execute(db);
  return rows;
}

/** Added up in the order the parts are shown, so that whoever adds them again gets the same figure to the last digit. */
function sumOfParts(parts: readonly DrillPart[]): Omit<Row, 'slice'> {
  const sum = (key: 'numerator' | 'denominator') => parts.reduce((total, part) => total + part[key], 0);
  return { numerator: sum('numerator'), denominator: sum('denominator'), value: null };
}

function partOf({ reduction }: RecordsMeasure, slice: string | null, row: Omit<Row, 'slice'>): DrillPart {
  const { numerator, denominator } = row;
  if (denominator === 0) return { slice, value: null, numerator, denominator };
  if (reduction.kind === 'percentile') return { slice, value: row.value, numerator, denominator };
  return {
    slice,
    value: reduction.kind === 'count' ? numerator : numerator / denominator,
    numerator,
    denominator,
  };
}
