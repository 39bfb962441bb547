import type { SloExclusion, SloStanding } from '../rules/contract.ts';
import type { Evaluation, Language, QualityRun, SecurityExcerpt } from '../scoring/contract.ts';

/**
 * Everything a report is made from, and all that a stranger needs to make it again: embedded in the PDF as
 * `citygauge-bundle.json`.
 */
export interface ReportBundle {
  readonly schema: 'citygauge/bundle@1';
  readonly number: string;
  readonly language: Language;
  readonly evaluation: Evaluation;
  /** Evaluations of earlier periods of the same model and subject, oldest first; they feed the trend and the comparison. */
  readonly history: readonly Evaluation[];
  /** Data-quality runs and the security register as of the evaluation's cut-off; absent in reports made before there were any. */
  readonly registers?: ReportRegisters;
  /** The YAML of every model that one of these evaluations was made with. */
  readonly models: readonly { readonly sha256: string; readonly yaml: string }[];
}

export interface ReportRegisters {
  /** The newest run of each source of the subject and its descendants, by source id. */
  readonly quality: readonly QualityRun[];
  /** Null when nothing is registered. */
  readonly security: SecurityExcerpt | null;
  /** Absent where the model measures none, and in reports made before there were any. */
  readonly slo?: ReportSlos;
}

/** The standing of every SLO as of the cut-off, and the exclusions that its figures name. */
export interface ReportSlos {
  readonly standings: readonly SloStanding[];
  readonly exclusions: readonly SloExclusion[];
}

export const reportFormats = ['pdf', 'html', 'json', 'csv', 'xlsx'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const reportMediaTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** One thing that a verification looked at and found otherwise. */
export interface Difference {
  /** What differs: `evaluation.nodes[S1.T1].points`, `page 4`, `file`. */
  readonly where: string;
  readonly printed: string;
  readonly recomputed: string;
}

export interface Verification {
  readonly isVerified: boolean;
  readonly number: string | null;
  readonly evaluation: {
    readonly sha256: string;
    readonly model: string;
    readonly subject: string;
    readonly period: string;
  } | null;
  /** How much was compared; a verification that looked at nothing is not verified. */
  readonly compared: {
    readonly evaluations: number;
    readonly values: number;
    readonly pages: number;
    readonly printedNumbers: number;
  };
  readonly differences: readonly Difference[];
}
