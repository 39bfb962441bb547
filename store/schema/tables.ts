import type { Generated, Kysely, Transaction } from 'kysely';
import type { ImportKind, RecordKind, SubjectKind } from '../../collectors/contract.ts';

export interface SubjectsTable {
  id: string;
  name_zh: string;
  name_en: string;
  kind: SubjectKind;
  parent_id: string | null;
  time_zone: string;
  is_sample: boolean;
}

export interface ImportsTable {
  id: Generated<number>;
  kind: ImportKind;
  subject_id: string;
  file_name: string;
  sha256: string;
  mapping_sha256: string | null;
  imported_at: string;
  /** First and last instant the file reports in full; null when it says nothing about time. */
  covers_from: string | null;
  covers_to: string | null;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  faulty: number;
  rejected: number;
}

/** What every record table has in common; the fields of a kind follow as columns of their own. */
export interface RecordsTable {
  /** Root of the tree in which `id` is unique. */
  root_id: string;
  id: string;
  subject_id: string;
  import_id: number;
  line: number;
  fault: string | null;
  content_hash: string;
}

/** Content that a later import replaced: nothing that was ever evidence is lost. */
export interface RecordRevisionsTable {
  kind: ImportKind;
  root_id: string;
  id: string;
  import_id: number;
  replaced_by: number;
  /** The whole superseded row as JSON. */
  content: unknown;
}

export interface ObservationsTable {
  indicator: string;
  subject_id: string;
  period: string;
  import_id: number;
  content_hash: string;
  /** Canonical JSON of the observation. */
  body: string;
}

export interface ModelsTable {
  sha256: string;
  id: string;
  version: string;
  yaml: string;
}

export interface EvaluationsTable {
  sha256: string;
  model_id: string;
  model_version: string;
  model_sha256: string;
  subject_id: string;
  period: string;
  period_end: string;
  as_of: string;
  grade: string | null;
  coverage: number;
  created_at: string;
  /** Grows with every save; the greatest is the latest. */
  saved: Generated<number>;
  /** Canonical JSON of the evaluation without its `sha256`, whose SHA-256 is the key. */
  body: string;
}

export interface ReportsTable {
  sha256: string;
  number: string;
  evaluation_sha256: string;
  subject_id: string;
  model_id: string;
  period: string;
  format: string;
  language: string;
  size: number;
  created_at: string;
  saved: Generated<number>;
  bytes: Uint8Array;
}

export interface ReadingsTable {
  metric: string;
  labels_hash: string;
  labels: Record<string, string>;
  at: string;
  value: number;
}

export interface Schema {
  subjects: SubjectsTable;
  imports: ImportsTable;
  work_orders: RecordsTable;
  requirements: RecordsTable;
  incidents: RecordsTable;
  security_events: RecordsTable;
  survey_answers: RecordsTable;
  entries: RecordsTable;
  record_revisions: RecordRevisionsTable;
  observations: ObservationsTable;
  models: ModelsTable;
  evaluations: EvaluationsTable;
  reports: ReportsTable;
  readings: ReadingsTable;
}

/** Name of the table of each kind, as in recordKindSpecs but with a type that Kysely checks. */
export const recordTables = {
  'work-orders': 'work_orders',
  requirements: 'requirements',
  incidents: 'incidents',
  'security-events': 'security_events',
  surveys: 'survey_answers',
  entries: 'entries',
} as const satisfies Record<RecordKind, keyof Schema>;

export type Database = Kysely<Schema>;
export type Tx = Transaction<Schema>;
