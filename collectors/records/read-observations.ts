import { basename } from 'node:path';
import { InputError, type Observation, type Subject } from '../contract.ts';
import type { ReadSummary } from './import-file.ts';
import { openMappedRows } from './mapped-rows.ts';
import type { Mapping } from './mapping/mapping.ts';
import { type ObservationDraft, observationOf } from './normalise/observation.ts';
import { isProblem, type Problem } from './normalise/problem.ts';
import type { IndicatorLookup, RowContext } from './normalise/row-context.ts';
import type { FieldRow } from './normalise/row-reader.ts';
import { type Reject, rejectOf } from './reading/row.ts';

export interface ObservationsRequest {
  readonly path: string;
  /** The name the user knows, when the path is that of a temporary copy. */
  readonly name?: string | undefined;
  /** Rows that name no subject are of this one; others must lie below it. */
  readonly subject: Subject;
  /** Rows that name no period are of this one; null = each must name its own. */
  readonly period: string | null;
  readonly mapping: Mapping | null;
  readonly isSubject: (id: string) => boolean;
  readonly indicators: IndicatorLookup;
  /** ISO instant that the figures are as of. */
  readonly asOf: string;
  readonly signal?: AbortSignal | undefined;
}

export interface ObservationsRead {
  readonly observations: readonly Observation[];
  readonly rejects: readonly Reject[];
  readonly summary: ReadSummary;
}

/** Observations are figures, not records: a file with more is something else. */
const maxObservations = 1_000_000;

interface Kept {
  readonly drafts: Map<string, ObservationDraft>;
  readonly rejects: Reject[];
  read: number;
}

function keep(kept: Kept, draft: ObservationDraft): void {
  const key = JSON.stringify([draft.indicator, draft.subject, draft.period]);
  const earlier = kept.drafts.get(key);
  if (!earlier) {
    kept.drafts.set(key, draft);
    if (kept.drafts.size > maxObservations) {
      throw new InputError(`the file holds more than ${maxObservations} observations: split it`);
    }
    return;
  }
  const text = {
    zh: `与第 ${earlier.line} 行重复：同一指标、评估对象和周期只能有一个值`,
    en: `repeats line ${earlier.line}: one indicator has one value per subject and period`,
  };
  kept.rejects.push(rejectOf(draft.line, draft.indicator, text));
}

function take(
  kept: Kept,
  row: FieldRow | Problem,
  line: number,
  request: ObservationsRequest,
  context: RowContext,
) {
  kept.read += 1;
  const draft = isProblem(row) ? row : observationOf(row, { context, period: request.period });
  if (!isProblem(draft)) {
    keep(kept, draft);
    return;
  }
  const id = isProblem(row) ? null : (row.fields.indicator as string | null);
  kept.rejects.push(rejectOf(line, id, draft.reason));
}

function finished(
  draft: ObservationDraft,
  file: { name: string; sha256: string },
  asOf: string,
): Observation {
  const { line: _, statedSource, ...observation } = draft;
  const source = {
    kind: 'file' as const,
    query: statedSource,
    files: [{ name: file.name, sha256: file.sha256, rows: 1 }],
    rows: null,
    asOf,
  };
  return { ...observation, source };
}

/** Reads an observations file whole; figures that cannot be taken are rejects, each with its line and reason. */
export async function readObservations(request: ObservationsRequest): Promise<ObservationsRead> {
  const { subject: root, isSubject, indicators } = request;
  const context: RowContext = { root, isSubject, indicators };
  const mapped = await openMappedRows({ ...request, kind: 'observations' }, context);
  const kept: Kept = { drafts: new Map(), rejects: [], read: 0 };
  for await (const { batch, reader } of mapped.batches) {
    for (const row of batch.rows) take(kept, reader.read(row), row.line, request, context);
    kept.rejects.push(...batch.rejects);
    kept.read += batch.rejects.length;
  }
  const sha256 = mapped.file.sha256();
  const file = { name: basename(mapped.file.name), sha256 };
  return {
    observations: [...kept.drafts.values()].map((draft) => finished(draft, file, request.asOf)),
    rejects: kept.rejects.toSorted((a, b) => a.line - b.line),
    summary: {
      fileName: mapped.file.name,
      sha256,
      read: kept.read,
      rejected: kept.rejects.length,
      faulty: 0,
      notes: mapped.notes,
    },
  };
}
