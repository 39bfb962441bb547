import { InputError, type Language, shiftPeriod } from '../../collectors/contract.ts';
import { makeBundle } from '../../reports/bundle/bundle.ts';
import { type ReportBundle, type ReportFormat, reportFormats } from '../../reports/contract.ts';
import { renderReport } from '../../reports/render.ts';
import { type Evaluation, type Model, sha256Of } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { EvidenceStore, ReportSummary } from '../../store/contract.ts';
import { noTracing, type Tracing } from '../observability/tracing.ts';
import { shippedModels } from './models.ts';
import { registersOf } from './report-registers.ts';

/** How many earlier periods a report and the pages look back. */
export const historyLength = 11;

/** The latest evaluation of each of the `count` periods before this one, oldest first; periods without one are left out. */
export async function earlierEvaluations(
  store: EvidenceStore,
  evaluation: Evaluation,
  count: number,
): Promise<Evaluation[]> {
  const found: Evaluation[] = [];
  for (let back = count; back >= 1; back -= 1) {
    const period = shiftPeriod(evaluation.period.id, -back);
    const earlier = await store.evaluations.latest(evaluation.model.id, evaluation.subject.id, period);
    if (earlier) found.push(earlier);
  }
  return found;
}

export function formatOf(name: string): ReportFormat {
  const format = reportFormats.find((each) => each === name);
  if (!format) throw new InputError(`format "${name}" is unknown: write one of ${reportFormats.join(', ')}`);
  return format;
}

/** What a bundle may draw on beside the evaluation: the store with its history and models, or model files. */
export interface BundleSources {
  readonly store?: EvidenceStore;
  readonly models?: readonly Model[];
}

/** YAML of the model an evaluation was made with; InputError when none of the sources has it. */
async function modelYamlOf(evaluation: Evaluation, { store, models = [] }: BundleSources): Promise<string> {
  const { id, sha256 } = evaluation.model;
  const known = [...models, ...shippedModels()].find((model) => model.sha256 === sha256);
  const yaml = known?.yaml ?? (await store?.evaluations.modelYaml(sha256));
  if (yaml) return yaml;
  throw new InputError(
    `model ${id} with sha256 ${sha256} is not at hand: name the file that the evaluation was made with by --model`,
  );
}

/** Gathers what a report of `evaluation` needs; without a store it has no history. */
export async function bundleOf(
  evaluation: Evaluation,
  language: Language,
  sources: BundleSources,
): Promise<ReportBundle> {
  const history = sources.store ? await earlierEvaluations(sources.store, evaluation, historyLength) : [];
  const models = new Map<string, string>();
  for (const each of [evaluation, ...history]) {
    if (!models.has(each.model.sha256)) models.set(each.model.sha256, await modelYamlOf(each, sources));
  }
  const yaml = models.get(evaluation.model.sha256) ?? '';
  const registers = sources.store ? await registersOf(sources.store, evaluation, yaml) : undefined;
  return makeBundle({
    evaluation,
    history,
    language,
    registers,
    models: [...models].map(([sha256, yaml]) => ({ sha256, yaml })),
  });
}

export interface ReportOrder {
  readonly format: ReportFormat;
  readonly language: Language;
  readonly createdAt: string;
  readonly tracing?: Tracing | undefined;
}

/** Makes a report and keeps it among the issued ones. */
export async function issueReport(
  store: EvidenceStore,
  evaluation: Evaluation,
  order: ReportOrder,
): Promise<{ summary: ReportSummary; bytes: Uint8Array }> {
  const { tracing = noTracing, format } = order;
  const attributes = {
    'citygauge.model': evaluation.model.id,
    'citygauge.subject': evaluation.subject.id,
    'citygauge.period': evaluation.period.id,
    'citygauge.format': format,
  };
  return tracing.withSpan('report', attributes, async (span) => {
    const issued = await renderAndKeep(store, evaluation, order);
    span.note({ 'citygauge.bytes': issued.bytes.length, 'citygauge.report': issued.summary.number });
    return issued;
  });
}

async function renderAndKeep(
  store: EvidenceStore,
  evaluation: Evaluation,
  { format, language, createdAt }: ReportOrder,
): Promise<{ summary: ReportSummary; bytes: Uint8Array }> {
  const bundle = await bundleOf(evaluation, language, { store });
  const bytes = await renderReport(bundle, format, { engine: scoringEngine });
  const summary: ReportSummary = {
    number: bundle.number,
    evaluation: evaluation.sha256,
    subject: evaluation.subject.id,
    model: evaluation.model.id,
    period: evaluation.period.id,
    format,
    language,
    sha256: sha256Of(bytes),
    size: bytes.length,
    createdAt,
  };
  await store.reports.save(summary, bytes);
  return { summary, bytes };
}
