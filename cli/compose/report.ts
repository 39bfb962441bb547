import { createHash } from 'node:crypto';
import { InputError, type Language, shiftPeriod } from '../../collectors/contract.ts';
import { makeBundle } from '../../reports/bundle/bundle.ts';
import type { ReportBundle, ReportFormat } from '../../reports/contract.ts';
import { renderReport } from '../../reports/render.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { EvidenceStore, ReportSummary } from '../../store/contract.ts';
import { shippedModels } from './models.ts';

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

/** YAML of the model an evaluation was made with: shipped, or kept in the store; InputError when neither has it. */
export async function modelYamlOf(evaluation: Evaluation, store: EvidenceStore | null): Promise<string> {
  const { id, sha256 } = evaluation.model;
  const shipped = shippedModels().find((model) => model.sha256 === sha256);
  const yaml = shipped?.yaml ?? (await store?.evaluations.modelYaml(sha256));
  if (yaml) return yaml;
  throw new InputError(
    `model ${id} with sha256 ${sha256} is not at hand: the evaluation was made with another version of it; name its file with --model`,
  );
}

/** Gathers what a report of `evaluation` needs; `store` null = a saved evaluation alone, without history. */
export async function bundleOf(
  evaluation: Evaluation,
  language: Language,
  store: EvidenceStore | null,
): Promise<ReportBundle> {
  const history = store ? await earlierEvaluations(store, evaluation, historyLength) : [];
  const models = new Map<string, string>();
  for (const each of [evaluation, ...history]) {
    if (!models.has(each.model.sha256)) models.set(each.model.sha256, await modelYamlOf(each, store));
  }
  return makeBundle({
    evaluation,
    history,
    language,
    models: [...models].map(([sha256, yaml]) => ({ sha256, yaml })),
  });
}

/** Makes a report and keeps it among the issued ones. */
export async function issueReport(
  store: EvidenceStore,
  evaluation: Evaluation,
  { format, language, createdAt }: { format: ReportFormat; language: Language; createdAt: string },
): Promise<{ summary: ReportSummary; bytes: Uint8Array }> {
  const bundle = await bundleOf(evaluation, language, store);
  const bytes = await renderReport(bundle, format, { engine: scoringEngine });
  const summary: ReportSummary = {
    number: bundle.number,
    evaluation: evaluation.sha256,
    subject: evaluation.subject.id,
    model: evaluation.model.id,
    period: evaluation.period.id,
    format,
    language,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    createdAt,
  };
  await store.reports.save(summary, bytes);
  return { summary, bytes };
}
