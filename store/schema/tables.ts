import type { Generated, Kysely, Transaction } from 'kysely';
import type { ImportKind, RecordKind, SubjectKind } from '../../collectors/contract.ts';
import type { QualitySchema } from './quality-tables.ts';
import type { SecuritySchema } from './security-tables.ts';
import type { SloSchema } from './slo-tables.ts';
import type { ThresholdSchema } from './threshold-tables.ts';

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

export interface MetricSeriesTable {
  id: Generated<number>;
  metric: string;
  labels: Record<string, string>;
  labels_hash: string;
  /** The labels `subject` and `job`, for look-ups. */
  subject_id: string | null;
  job: string | null;
}

export interface MetricSamplesTable {
  series_id: number;
  /** Milliseconds since 1970. */
  at: number;
  value: number;
}

/** Samples of one series in [at, at + width seconds), rolled up. */
export interface MetricBucketsTable {
  series_id: number;
  width: number;
  at: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  first: number;
  last: number;
  first_at: number;
  last_at: number;
  /** Growth of a counter from `first` to `last`, resets included. */
  growth: number;
}

export interface MetricHorizonTable {
  /** No bucket ends after this instant; a sample before it may already be in one. */
  rolled_up_to: number;
}

export interface CollectorRunsTable {
  id: Generated<number>;
  job: string;
  collector: string;
  subject_id: string;
  started_at: string;
  state: 'succeeded' | 'partial' | 'failed';
  /** Canonical JSON of the outcome. */
  body: string;
}

export interface ResolutionsTable {
  id: Generated<number>;
  subject_id: string;
  period: string;
  indicator: string;
  is_withdrawn: boolean;
  /** Canonical JSON of the decision. */
  body: string;
}

export interface Schema extends QualitySchema, SecuritySchema, SloSchema, ThresholdSchema {
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
  metric_series: MetricSeriesTable;
  metric_samples: MetricSamplesTable;
  metric_buckets: MetricBucketsTable;
  metric_horizon: MetricHorizonTable;
  collector_runs: CollectorRunsTable;
  resolutions: ResolutionsTable;
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
