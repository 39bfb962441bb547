import type { ImportKind, Language, Subject, Text } from '../collectors/contract.ts';
import type { Verification } from '../reports/contract.ts';
import type { Drill, Evaluation, Model, ModelNode } from '../scoring/contract.ts';
import type {
  EvaluationFilter,
  EvaluationSummary,
  EvidenceRow,
  ImportSummary,
  ReportSummary,
} from '../store/contract.ts';

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
