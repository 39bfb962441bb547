import { canonicalBytes, type ScoringEngine } from '../scoring/contract.ts';
import { attachmentsOf } from './bundle/attachments.ts';
import { modelsOf } from './bundle/models.ts';
import type { ReportBundle, ReportFormat } from './contract.ts';
import { renderCsv } from './csv/csv.ts';
import { buildDocument } from './document/document.ts';
import { renderHtml } from './html/html.ts';
import { type ReportFonts, readReportFonts } from './pdf/font-file.ts';
import { renderPdf } from './pdf/pdf.ts';
import { renderXlsx } from './xlsx/xlsx.ts';

export interface RenderDependencies {
  readonly engine: ScoringEngine;
  /** The shipped Noto Sans SC when absent. */
  readonly fonts?: ReportFonts;
}

/** A report in one format; the same bundle gives the same bytes. */
export async function renderReport(
  bundle: ReportBundle,
  format: ReportFormat,
  { engine, fonts }: RenderDependencies,
): Promise<Uint8Array> {
  if (format === 'json') return canonicalBytes(bundle.evaluation);
  if (format === 'csv') return renderCsv(bundle);
  const models = modelsOf(bundle, engine);
  const document = buildDocument(bundle, models);
  if (format === 'pdf') {
    return renderPdf(document, {
      fonts: fonts ?? (await readReportFonts()),
      attachments: attachmentsOf(bundle, models),
      date: bundle.evaluation.asOf,
    });
  }
  return format === 'html' ? renderHtml(document) : renderXlsx(bundle, models);
}
