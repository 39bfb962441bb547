import type {
  CollectorDomain,
  CollectorOutcome,
  ImportKind,
  Language,
  MetricSpec,
  Provenance,
  Subject,
  Text,
} from '../collectors/contract.ts';
import type { Verification } from '../reports/contract.ts';
import type { AlertSeverity, InstalledRules, Slo, Threshold, WindowCatalogue } from '../rules/contract.ts';
import type { Drill, Evaluation, Model, ModelNode } from '../scoring/contract.ts';
import type {
  EvaluationFilter,
  EvaluationSummary,
  EvidenceRow,
  ImportSummary,
  MetricChart,
  MetricSourceDescription,
  QualityTable,
  ReadingStatistics,
  ReportSummary,
  RetentionPolicy,
  SecurityRegister,
  SloRegister,
  ThresholdTable,
} from '../store/contract.ts';

/** Alerts that fired, or would have fired by the SLO's rules on the samples there are. */
export interface AlertHistory {
  /** Null = nobody could tell: no samples, or no PromQL where the SLO needs it. */
  readonly alerts:
    | readonly {
        readonly severity: AlertSeverity;
        readonly from: string;
        /** Null while it goes on at the end of the span. */
        readonly to: string | null;
      }[]
    | null;
  readonly reason: Text | null;
}

/** What the pages and the API need from the rest; the composer hands it in. Bad input throws `InputError`. */
export interface Workbench {
  /** ISO instant. */
  now(): string;
  readonly version: string;
  models(): readonly Model[];
  /** The model that an evaluation was made with, also when the shipped one has changed since; null when it is gone. */
  modelOf(evaluation: Evaluation): Promise<Model | null>;
  subjects(): Promise<readonly Subject[]>;
  evaluations(filter: EvaluationFilter): Promise<readonly EvaluationSummary[]>;
  evaluation(sha256: string): Promise<Evaluation | null>;
  latest(model: string, subject: string, period?: string): Promise<Evaluation | null>;
  evaluate(request: EvaluateRequest): Promise<Evaluation>;
  drill(evaluation: Evaluation, leaf: ModelNode, by: string): Promise<Drill>;
  evidence(evaluation: Evaluation, leaf: ModelNode, limit: number): Promise<readonly EvidenceRow[]>;
  imports(): Promise<readonly ImportSummary[]>;
  mappings(): readonly string[];
  runImport(upload: ImportUpload): Promise<ImportOutcome>;
  reports(): Promise<readonly ReportSummary[]>;
  makeReport(evaluation: Evaluation, format: string, language: Language): Promise<ReportSummary>;
  report(sha256: string): Promise<{ readonly summary: ReportSummary; readonly bytes: Uint8Array } | null>;
  verify(bytes: Uint8Array): Promise<Verification>;
  /** The subject itself first, then everything below it. */
  family(subject: string): Promise<readonly string[]>;
  readonly quality: Pick<QualityTable, 'latest' | 'runs' | 'results'>;
  readonly security: Omit<SecurityRegister, 'importScan' | 'putAssets'>;
  /** SLOs of this installation, read when the program started. */
  slos(): readonly Slo[];
  readonly slo: Omit<SloRegister, 'save'>;
  /** Bad ratio of each alert window and of the period, as of now, shortest first; null for a window that cannot be told. */
  burnWindows(slo: Slo): Promise<readonly { readonly seconds: number; readonly badRatio: number | null }[]>;
  /** What the SLO's alerts watch and how fast a window must burn for them; null where no catalogue is as long as its period. */
  alertWindows(slo: Slo): WindowCatalogue | null;
  /** When the SLO's alerts would have fired in [from, to). */
  alertsWithin(slo: Slo, span: { readonly from: string; readonly to: string }): Promise<AlertHistory>;
  thresholds(): readonly Threshold[];
  readonly lamps: Omit<ThresholdTable, 'save'>;
  /** Every rule that `citygauge rules generate` writes, in the order of its files. */
  rules(): readonly InstalledRules[];
  telemetry(): Promise<Telemetry>;
  /** The last runs of a job, newest first; empty for a job that never ran. */
  runs(job: string): Promise<readonly CollectorOutcome[]>;
  /** Samples behind a leaf measured from a metric, in [from, to); null for any other leaf. */
  chart(evaluation: Evaluation, leaf: ModelNode, span: ChartSpan): Promise<MetricChart | null>;
  /** Decides a conflict of the evaluation and evaluates again with the same cut-off; returns the new evaluation. */
  resolve(evaluation: Evaluation, decision: ConflictDecision): Promise<Evaluation>;
  /** Takes the decision back and evaluates again. */
  withdraw(evaluation: Evaluation, indicator: string): Promise<Evaluation>;
}

export interface ChartSpan {
  readonly from: string;
  readonly to: string;
  readonly points: number;
}

export interface ConflictDecision {
  readonly indicator: string;
  /** The candidate that counts, by what it states. */
  readonly value: number;
  readonly provenance: Provenance;
  readonly decidedBy: string;
  readonly reason: string;
}

/** Everything the telemetry pages show, as of now. */
export interface Telemetry {
  /** Where settings come from; null when no settings file was found and the built-in jobs run. */
  readonly settingsFile: string | null;
  readonly metricSource: MetricSourceDescription | { readonly fault: string };
  readonly outputs: readonly OutputState[];
  readonly readings: ReadingStatistics;
  readonly retention: RetentionPolicy;
  readonly jobs: readonly JobState[];
}

/** One place where readings go: /metrics, remote write, the store. */
export interface OutputState {
  readonly name: string;
  readonly title: Text;
  readonly state: 'good' | 'broken' | 'off';
  readonly detail: Text;
  readonly remedy: Text | null;
}

export interface JobState {
  readonly id: string;
  readonly collector: string;
  readonly title: Text;
  readonly domain: CollectorDomain;
  /** What its collector declares to yield; `isOpen` = also metrics that its source names. */
  readonly metrics: readonly MetricSpec[];
  readonly isOpen: boolean;
  readonly subject: string;
  /** `every 30 s` or the cron expression. */
  readonly schedule: string;
  readonly isRunning: boolean;
  /** ISO instants; null when not scheduled, never run, never succeeded. */
  readonly nextAt: string | null;
  readonly lastSuccessAt: string | null;
  readonly last: CollectorOutcome | null;
  /** Outputs that did not take the job's newest run: what they said, until they take the next one. */
  readonly refusals: readonly Refusal[];
}

/** A run that was collected and that an output did not take; `last` may be an older run then. */
export interface Refusal {
  /** As in `OutputState`. */
  readonly output: string;
  readonly reason: Text;
  readonly remedy: Text | null;
}

export interface EvaluateRequest {
  readonly model: string;
  readonly subject: string;
  readonly period: string;
  readonly asOf?: string;
  readonly interpretations?: Readonly<Record<string, string>>;
}

export interface ImportUpload {
  readonly kind: ImportKind;
  readonly subject: string;
  readonly fileName: string;
  /** Where the upload was spooled to. */
  readonly path: string;
  /** Name of a shipped mapping, or YAML text; neither = columns named as the fields. */
  readonly mapping?: { readonly name: string } | { readonly yaml: string };
  readonly isDryRun: boolean;
}

export interface Reject {
  readonly line: number;
  /** Id of the record where the row gave one. */
  readonly id: string | null;
  /** In English; `text` says the same in both languages. */
  readonly reason: string;
  readonly text: Text;
}

export interface ImportOutcome {
  readonly kind: ImportKind;
  readonly subject: string;
  readonly isDryRun: boolean;
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faulty: number;
  readonly rejected: number;
  readonly newSubjects: number;
  /** The first rejects. */
  readonly rejects: readonly Reject[];
  /** The first rows as they would be stored, for the preview. */
  readonly preview: readonly Readonly<Record<string, string>>[];
}
