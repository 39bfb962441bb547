import { sql } from 'kysely';
import type { ModelNode, Observation } from '../../scoring/contract.ts';
import type { EvidenceRequest } from '../contract.ts';
import { listObservations } from '../observations.ts';
import type { Database } from '../schema/tables.ts';
import * as reasons from './reasons.ts';

type ObserveRequest = EvidenceRequest & { readonly leaves: readonly ModelNode[] };

interface EntryRow {
  readonly indicator: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly evidence: string | null;
  readonly submitted_by: string | null;
  readonly verified_by: string | null;
  readonly fault: string | null;
  readonly file_name: string;
  readonly sha256: string;
}

/** Figures entered by hand for the subject itself, one candidate per entry. */
export async function enteredCandidates(db: Database, request: ObserveRequest): Promise<Observation[]> {
  const leaves = new Map(request.leaves.map((leaf) => [leaf.id, leaf]));
  const { rows } = await sql<EntryRow>`
    select e.indicator, e.value, e.numerator, e.denominator, e.evidence, e.submitted_by, e.verified_by, e.fault,
      i.file_name, i.sha256
    from entries e join imports i on i.id = e.import_id
    where e.subject_id = ${request.subject} and e.period = ${request.period.id}
      and e.indicator = any(${[...leaves.keys()]}::text[])
    order by e.indicator, e.id`.execute(db);
  return rows.flatMap((row) => {
    const leaf = leaves.get(row.indicator);
    return leaf ? [toCandidate(row, leaf, request)] : [];
  });
}

/** Imported observations of the subject itself, as they were given. */
export async function importedCandidates(db: Database, request: ObserveRequest): Promise<Observation[]> {
  const wanted = new Set(request.leaves.map(({ id }) => id));
  const observations = await listObservations(db, request.subject, request.period.id);
  return observations.filter(({ indicator }) => wanted.has(indicator));
}

function toCandidate(row: EntryRow, leaf: ModelNode, request: ObserveRequest): Observation {
  const { state, value, reason } = judge(row);
  const isValued = value !== null;
  return {
    indicator: row.indicator,
    subject: request.subject,
    period: request.period.id,
    state,
    value,
    numerator: row.numerator,
    denominator: row.denominator,
    unit: leaf.unit,
    provenance: isValued ? (row.evidence === null ? 'selfReported' : 'submitted') : null,
    reason,
    source: {
      kind: 'entry',
      query: null,
      files: [{ name: row.file_name, sha256: row.sha256, rows: 1 }],
      rows: null,
      asOf: request.cutoff,
      ...(row.submitted_by === null ? {} : { submittedBy: row.submitted_by }),
      ...(row.verified_by === null ? {} : { verifiedBy: row.verified_by }),
      ...(row.evidence === null ? {} : { evidence: row.evidence }),
    },
  };
}

function judge(row: EntryRow): Pick<Observation, 'state' | 'value' | 'reason'> {
  const { value, numerator, denominator, evidence, fault } = row;
  if (fault !== null) return { state: 'failed', value: null, reason: reasons.faultyEntry(fault) };
  if (denominator === 0) return { state: 'zeroBase', value: null, reason: reasons.enteredZeroBase };
  const quotient = numerator !== null && denominator !== null ? numerator / denominator : null;
  const figure = quotient ?? value;
  if (figure === null) return { state: 'notReported', value: null, reason: reasons.emptyEntry };
  return { state: evidence === null ? 'selfReported' : 'submitted', value: figure, reason: null };
}
