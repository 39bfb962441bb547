import {
  bothLanguages,
  type FieldValue,
  type RecordKind,
  recordKindSpecs,
  recordKinds,
  type StoredRecord,
} from '../../contract.ts';
import { type Reject, type Row, rejectOf } from '../reading/row.ts';
import { deriveEntryId, entryProblem } from './entry.ts';
import { lifeCycleFault } from './life-cycle.ts';
import { isProblem, type Problem, rejected } from './problem.ts';
import type { RowContext } from './row-context.ts';
import type { RowReader } from './row-reader.ts';
import { surveyProblem } from './survey.ts';

export type Normalised = { readonly record: StoredRecord } | { readonly reject: Reject };

export interface RowRules {
  readonly reader: RowReader;
  readonly kind: RecordKind;
  readonly context: RowContext;
}

function missingId(): Problem {
  return rejected('缺少编号：每条记录都要有唯一编号', 'the id is missing: every record needs one of its own');
}

const requiredOf = new Map(
  recordKinds.map((kind) => {
    const { fields } = recordKindSpecs[kind];
    return [kind, Object.keys(fields).filter((name) => fields[name]?.isRequired)] as const;
  }),
);

function missingField(kind: RecordKind, fields: Readonly<Record<string, FieldValue>>): Problem | null {
  const name = requiredOf.get(kind)?.find((field) => fields[field] === null);
  if (name === undefined) return null;
  return rejected(`缺少“${recordKindSpecs[kind].fields[name]?.title.zh}”（${name}）`, `${name} is missing`);
}

/** One row as a record, or the reason why it cannot be one. */
export function normaliseRow(row: Row, { reader, kind, context }: RowRules): Normalised {
  const read = reader.read(row);
  if (isProblem(read)) {
    const id = reader.idOf(row);
    return { reject: rejectOf(row.line, isProblem(id) ? null : id, read.reason) };
  }
  const subject = read.subject ?? context.root.id;
  const id = read.id ?? (kind === 'entries' ? deriveEntryId(read.fields, subject) : null);
  const problem =
    missingField(kind, read.fields) ??
    (kind === 'entries' ? entryProblem(read.fields, context) : null) ??
    (kind === 'surveys' ? surveyProblem(read.fields) : null) ??
    (id === null ? missingId() : null);
  if (problem || id === null) {
    return { reject: rejectOf(row.line, id, (problem ?? missingId()).reason) };
  }
  const fault = read.fault ?? lifeCycleFault(recordKindSpecs[kind], read.fields);
  return {
    record: { id, subject, fields: read.fields, fault: fault && bothLanguages(fault), line: row.line },
  };
}
