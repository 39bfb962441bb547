import {
  type FieldValue,
  type ModelNode,
  parsePeriod,
  type RecordKind,
  recordKindSpecs,
  type StoredRecord,
  type Subject,
  type Unit,
} from '../../scoring/contract.ts';
import type { EvidenceRequest, EvidenceStore, ImportCounts } from '../contract.ts';
import type { RecordsMeasure } from '../evidence/cohort.ts';
import { closedByCutoff, field, not, truth } from './expressions.ts';

/** What a suite of the contract runs on. */
export interface SuiteStore {
  readonly store: EvidenceStore;
}

export const importedAt = '2026-02-03T04:05:06.000Z';

let subjectNumber = 0;

/** A root subject of its own for each test, so that tests share one store without seeing each other. */
export async function freshSubject(store: EvidenceStore, timeZone = 'Asia/Shanghai'): Promise<string> {
  subjectNumber += 1;
  const id = `city${subjectNumber}`;
  await store.subjects.put([subject(id, null, { timeZone })]);
  return id;
}

export function subject(id: string, parent: string | null, other: Partial<Subject> = {}): Subject {
  return {
    id,
    name: { zh: `${id} 市`, en: `City ${id}` },
    kind: parent === null ? 'city' : 'department',
    parent,
    timeZone: 'Asia/Shanghai',
    isSample: false,
    ...other,
  };
}

export function record(
  kind: RecordKind,
  id: string,
  fields: Readonly<Record<string, FieldValue>>,
  other: Partial<StoredRecord> & { subject: string },
): StoredRecord {
  const blank = Object.fromEntries(Object.keys(recordKindSpecs[kind].fields).map((name) => [name, null]));
  return { id, fault: null, line: 2, ...other, fields: { ...blank, ...fields } };
}

interface ImportOptions {
  readonly kind?: RecordKind;
  readonly subjects?: readonly Subject[];
  readonly covers?: { from: string; to: string };
  readonly fileName?: string;
  readonly sha256?: string;
}

/** Imports records of one kind (work orders by default) for a subject and commits. */
export async function importRecords(
  store: EvidenceStore,
  subjectId: string,
  records: readonly StoredRecord[],
  options: ImportOptions = {},
): Promise<ImportCounts> {
  const session = await store.imports.begin({
    kind: options.kind ?? 'work-orders',
    subject: subjectId,
    fileName: options.fileName ?? 'orders.csv',
    mappingSha256: null,
    importedAt,
    covers: options.covers ?? null,
  });
  try {
    await session.stageSubjects(options.subjects ?? []);
    await session.stage(records);
    return await session.commit({ sha256: options.sha256 ?? 'f00d', read: records.length, rejected: 0 });
  } finally {
    await session.abort();
  }
}

/** `2015-Q1` in the zone, with everything up to the period's end counting unless a cut-off is named. */
export function during(
  subjectId: string,
  period: string,
  { timeZone = 'Asia/Shanghai', cutoff }: { timeZone?: string; cutoff?: string } = {},
): EvidenceRequest {
  const cut = parsePeriod(period, timeZone);
  return { subject: subjectId, period: cut, cutoff: cutoff ?? cut.end };
}

/** Work orders that are not invalid, by `accepted`. */
export function recordsMeasure(measure: Partial<RecordsMeasure> = {}): RecordsMeasure {
  return {
    kind: 'records',
    records: 'work-orders',
    cohort: 'accepted',
    where: not(field('invalid')),
    population: 'sound',
    reduction: { kind: 'ratio', numerator: closedByCutoff, denominator: truth },
    text: 'ratio(closed <= cutoff)',
    ...measure,
  };
}

export function leaf(
  id: string,
  measure: RecordsMeasure | { kind: 'entry' },
  unit: Unit = 'ratio',
): ModelNode {
  const text = { zh: id, en: id };
  return {
    id,
    localId: id.split('.').at(-1) ?? id,
    level: 2,
    title: text,
    meaning: text,
    unit,
    weight: null,
    combine: null,
    children: [],
    leaf: {
      measure,
      direction: 'higher',
      best: 1,
      worst: null,
      range: { min: null, max: null },
      scale: { kind: 'none' },
      tolerance: 0.01,
      zeroBase: 'notApplicable',
      frequency: 'quarter',
      owner: text,
      intervention: text,
      referencePoints: [],
    },
  };
}
