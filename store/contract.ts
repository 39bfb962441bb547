import type { Observation, Period, RecordKind, StoredRecord, Subject } from '../collectors/contract.ts';
import type { ConflictResolution, Drill, Evaluation, Model, ModelNode } from '../scoring/contract.ts';

import type { QualityTable } from './contract/quality.ts';
import type { SecurityRegister } from './contract/security.ts';
import type { PromqlSource, SloRegister, ThresholdTable } from './contract/slo.ts';
import type { CollectorRunTable, MetricSource, ReadingTable } from './contract/telemetry.ts';

export type * from './contract/quality.ts';
export * from './contract/security.ts';
export type * from './contract/slo.ts';
export type * from './contract/telemetry.ts';

/** The evidence store's interface; two drivers behind it (embedded PGlite, PostgreSQL), one schema, one set of tests. */
export interface EvidenceStore {
  readonly subjects: SubjectTable;
  readonly imports: ImportTable;
  readonly evidence: EvidenceQueries;
  readonly observations: ObservationTable;
  readonly evaluations: EvaluationTable;
  readonly reports: ReportTable;
  readonly readings: ReadingTable;
  readonly runs: CollectorRunTable;
  readonly resolutions: ResolutionTable;
  readonly quality: QualityTable;
  readonly security: SecurityRegister;
  readonly slo: SloRegister;
  readonly thresholds: ThresholdTable;
  /** The PromQL server when one was named at opening, else the embedded readings. */
  readonly metrics: MetricSource;
  /** Asks PromQL as it is written; null in embedded mode, which knows none. */
  readonly promql: PromqlSource | null;
  /** Removes the sample subjects and everything that belongs to them; returns how many records went. */
  removeSample(): Promise<{ records: number; evaluations: number; subjects: number }>;
  describe(): Promise<StoreDescription>;
  close(): Promise<void>;
}

export interface StoreDescription {
  readonly driver: 'embedded' | 'postgresql';
  /** Folder or server, without credentials. */
  readonly location: string;
  readonly serverVersion: string;
  readonly schemaVersion: string;
  /** True once an evaluation or a report has been saved, also when all of them were removed since. */
  readonly hasEverSaved: boolean;
  readonly recordCounts: Readonly<Record<RecordKind, number>>;
}

export interface SubjectTable {
  /** In tree order: each parent before its children, siblings by id. */
  list(): Promise<readonly Subject[]>;
  get(id: string): Promise<Subject | null>;
  /** Adds what is new and updates what differs; refuses (RangeError) a bad id, an unknown zone, an unknown parent or a cycle. */
  put(subjects: readonly Subject[]): Promise<{ added: number; changed: number }>;
}

export interface ImportRequest {
  readonly kind: RecordKind;
  /** The subject named on the command line; sub-subjects lie below it. */
  readonly subject: string;
  readonly fileName: string;
  readonly mappingSha256: string | null;
  /** ISO instant, handed in. */
  readonly importedAt: string;
  /** The time that the file declares to report in full; null = the span of its records. */
  readonly covers: { readonly from: string; readonly to: string } | null;
}

/**
 * A running import. Staged rows are invisible until `commit`, which merges them in one transaction. An import that is
 * aborted or killed leaves nothing but staged rows, which the next open clears away.
 */
export interface ImportSession {
  /** Sub-subjects the rows need; created on commit. */
  stageSubjects(subjects: readonly Subject[]): Promise<void>;
  stage(records: readonly StoredRecord[]): Promise<void>;
  /** What a commit would do, doing nothing. */
  preview(): Promise<ImportCounts>;
  /** `review` sees the counts inside the transaction, before anything is merged; when it throws, nothing is. */
  commit(
    file: { readonly sha256: string; readonly read: number; readonly rejected: number },
    review?: (counts: ImportCounts) => Promise<void>,
  ): Promise<ImportCounts>;
  abort(): Promise<void>;
}

export interface ImportCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Among new, changed and unchanged. */
  readonly faulty: number;
  /** The same id again with other content, in the same file: the later line is rejected. */
  readonly duplicates: readonly { readonly id: string; readonly line: number; readonly firstLine: number }[];
  /** Rows that repeat an earlier line of the same file exactly. */
  readonly repeated: number;
  readonly newSubjects: number;
}

export interface ImportSummary {
  readonly id: number;
  readonly kind: RecordKind | 'observations';
  readonly subject: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly importedAt: string;
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faulty: number;
  readonly rejected: number;
}

export interface ImportTable {
  begin(request: ImportRequest): Promise<ImportSession>;
  /** Newest first. */
  list(subject?: string): Promise<readonly ImportSummary[]>;
}

export interface EvidenceRequest {
  readonly subject: string;
  readonly period: Period;
  /** ISO instant: nothing after it counts. */
  readonly cutoff: string;
}

export interface ObserveRequest extends EvidenceRequest {
  readonly leaves: readonly ModelNode[];
  /** The leaf of another model that a measure of kind `indicator` takes its figure from; null when there is none. */
  resolveIndicator?(model: string, indicator: string): ModelNode | null;
}

export interface EvidenceQueries {
  /**
   * All candidates for the leaves: measured from records and metrics (subject and its descendants), entries and imported
   * observations (the subject itself). A leaf without evidence has no candidate or one in state `notReported` with
   * its reason. A kind of record that was never reported for the period yields `notReported`, never a count of 0. A metric without
   * samples is `failed` with the error when the jobs that yield it failed in the period, else `notReported`.
   */
  observe(request: ObserveRequest): Promise<readonly Observation[]>;
  /**
   * RangeError when the leaf is not measured from records or the kind has no such slice; InputError when no records of
   * the kind were reported for the period.
   */
  drill(request: EvidenceRequest & { readonly leaf: ModelNode; readonly by: string }): Promise<Drill>;
  /** Records of the cohort, at most `limit`, by cohort time, with whether each counts in numerator and denominator. */
  sample(
    request: EvidenceRequest & { readonly leaf: ModelNode; readonly limit: number },
  ): Promise<readonly EvidenceRow[]>;
}

export interface EvidenceRow {
  readonly record: StoredRecord;
  readonly fileName: string;
  /** Null for a mean or percentile of which the record is a part. */
  readonly isInNumerator: boolean | null;
  readonly isInDenominator: boolean;
}

export interface ObservationTable {
  /** Idempotent by indicator, subject and period; a dry run counts and writes nothing. */
  put(
    observations: readonly Observation[],
    file: {
      readonly fileName: string;
      readonly sha256: string;
      readonly importedAt: string;
      readonly subject: string;
      readonly rejected: number;
      readonly isDryRun?: boolean;
    },
  ): Promise<{ new: number; changed: number; unchanged: number }>;
  list(subject: string, period: string): Promise<readonly Observation[]>;
}

export interface EvaluationSummary {
  readonly sha256: string;
  readonly model: string;
  readonly modelVersion: string;
  readonly subject: string;
  readonly period: string;
  readonly asOf: string;
  readonly grade: string | null;
  readonly coverage: number;
  readonly createdAt: string;
}

export interface EvaluationFilter {
  readonly model?: string;
  readonly subject?: string;
  readonly period?: string;
}

export interface EvaluationTable {
  /** Immutable and content-addressed: saving the same evaluation again changes nothing and moves it to the front as latest. */
  save(evaluation: Evaluation, model: Model, createdAt: string): Promise<'new' | 'existing'>;
  /** By full sha256 or a prefix of at least 8 digits that is unique; null when unknown, RangeError when ambiguous. */
  get(sha256: string): Promise<Evaluation | null>;
  /** The one saved last for this model, subject and period; the newest period when none is named. */
  latest(model: string, subject: string, period?: string): Promise<Evaluation | null>;
  /** One summary per saved evaluation, saved last first. */
  list(filter: EvaluationFilter): Promise<readonly EvaluationSummary[]>;
  /** The YAML of a model that some saved evaluation was made with. */
  modelYaml(sha256: string): Promise<string | null>;
}

export interface ReportSummary {
  readonly number: string;
  readonly evaluation: string;
  readonly subject: string;
  readonly model: string;
  readonly period: string;
  readonly format: string;
  readonly language: string;
  readonly sha256: string;
  readonly size: number;
  readonly createdAt: string;
}

export interface ReportTable {
  save(report: ReportSummary, bytes: Uint8Array): Promise<void>;
  /** By the sha256 of its bytes. */
  get(sha256: string): Promise<{ readonly summary: ReportSummary; readonly bytes: Uint8Array } | null>;
  list(): Promise<readonly ReportSummary[]>;
}

export interface ResolutionTable {
  /** The latest decision for an indicator, subject and period stands; earlier ones are kept. */
  put(resolution: ConflictResolution): Promise<void>;
  /** The standing decisions, withdrawn ones left out. */
  list(subject: string, period: string): Promise<readonly ConflictResolution[]>;
  /** Every decision ever made for it, newest first. */
  history(
    subject: string,
    indicator?: string,
  ): Promise<readonly (ConflictResolution & { readonly isWithdrawn: boolean })[]>;
  /** False when there was none to withdraw. */
  withdraw(key: {
    readonly subject: string;
    readonly period: string;
    readonly indicator: string;
  }): Promise<boolean>;
}
