import { canonicalBytes, type Evaluation, type Language, sha256Of } from '../../scoring/contract.ts';
import type { ReportBundle, ReportRegisters } from '../contract.ts';

export interface BundleInput {
  readonly evaluation: Evaluation;
  /** Evaluations of earlier periods of the same model and subject, in any order. */
  readonly history: readonly Evaluation[];
  /** The YAML of every model that one of these evaluations was made with. */
  readonly models: readonly { readonly sha256: string; readonly yaml: string }[];
  readonly language: Language;
  readonly registers?: ReportRegisters | undefined;
}

/** Puts together what a report is made from; the same input gives the same bundle, whatever its order. */
export function makeBundle({ evaluation, history, models, language, registers }: BundleInput): ReportBundle {
  const needed = new Set([evaluation, ...history].map((each) => each.model.sha256));
  const missing = [...needed].find((sha256) => !models.some((model) => model.sha256 === sha256));
  if (missing)
    throw new RangeError(`the YAML of the model with sha256 ${missing} is not among the models given`);
  const sorted = [...history].sort(
    (a, b) => order(a.period.start, b.period.start) || order(a.sha256, b.sha256),
  );
  return {
    schema: 'citygauge/bundle@1',
    number: reportNumber(evaluation, sorted, { language, registers }),
    language,
    evaluation,
    history: sorted,
    ...(registers && { registers }),
    models: models
      .filter((model) => needed.has(model.sha256))
      .map(({ sha256, yaml }) => ({ sha256, yaml }))
      .sort((a, b) => order(a.sha256, b.sha256)),
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * `CG-BOSTON-2015Q1-event-loop-2022-1a2b3c4d`: subject, period, model and the first digits of a hash over all that the
 * report says: the evaluation, the earlier ones beside it, the language, the registers. Two reports that differ never share a number.
 */
export function reportNumber(
  { subject, period, model, sha256 }: Evaluation,
  history: readonly Pick<Evaluation, 'sha256'>[],
  { language, registers }: Pick<BundleInput, 'language' | 'registers'>,
): string {
  const place = subject.id.replaceAll('/', '-').toUpperCase();
  const content = [sha256, ...history.map((each) => each.sha256), language];
  if (registers) content.push(sha256Of(canonicalBytes(registers)));
  const digits = sha256Of(content.join('\n')).slice(0, 8);
  return `CG-${place}-${period.id.replaceAll('-', '')}-${model.id}-${digits}`;
}
