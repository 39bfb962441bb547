import { type Evaluation, InputError, type ScoringEngine, sha256Of } from '../../scoring/contract.ts';
import type { Difference, ReportBundle, Verification } from '../contract.ts';
import type { ReportFonts } from '../pdf/font-file.ts';
import { renderReport } from '../render.ts';
import { attachmentsOf, bundleFileName } from './attachments.ts';
import { makeBundle } from './bundle.ts';
import { parseBundle, parseJson, schemaOf } from './bundle-schema.ts';
import type { Comparison } from './deep-differences.ts';
import { readForeignPdf } from './foreign-pdf-process.ts';
import { modelsOf } from './models.ts';
import { comparePages, countNumbers } from './page-differences.ts';
import { refuseBombs } from './pdf-bounds.ts';
import { compareObjects } from './pdf-objects.ts';
import { type PdfContent, readPdf } from './pdf-text.ts';
import { recompute } from './recompute.ts';
import { recomputeRegisters } from './recompute-registers.ts';

export interface VerifyDependencies {
  readonly engine: ScoringEngine;
  readonly fonts?: ReportFonts;
}

/** Reports and bundles are at most this big. */
export const largestFile = 64 * 1024 * 1024;

/**
 * Recomputes everything a report says from what it carries: a PDF, or the bundle taken out of one. InputError for a file
 * that is neither; a file that says something else than is recomputed is not verified, with each difference named.
 */
export async function verify(bytes: Uint8Array, dependencies: VerifyDependencies): Promise<Verification> {
  if (bytes.length > largestFile) {
    throw new InputError(
      `the file has ${bytes.length} bytes, more than the ${largestFile} a report may have`,
    );
  }
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (start.includes('%PDF-')) return verifyPdf(bytes, dependencies);
  if (/^[\u00ef\u00bb\u00bf\s]*\{/.test(start)) return verifyBundleFile(bytes, dependencies);
  const what = bytes.length === 0 ? 'empty' : 'neither a PDF nor a bundle';
  throw new InputError(
    `the file is ${what}: name a report made by citygauge report, or the bundle taken out of one`,
  );
}

async function verifyPdf(bytes: Uint8Array, dependencies: VerifyDependencies): Promise<Verification> {
  refuseBombs(bytes);
  const content = await readForeignPdf(bytes);
  const embedded = content.attachments.get(bundleFileName);
  if (!embedded) {
    throw new InputError(
      `the PDF carries no ${bundleFileName}: it is not a report made by CityGauge, or its attachments were removed`,
    );
  }
  const bundle = parseBundle(embedded, bundleFileName);
  const { comparison, recomputed, evaluations } = recomputeBundle(bundle, dependencies);
  const rebuilt = await renderReport(recomputed, 'pdf', dependencies);
  const expected = await readPdf(rebuilt);
  const differences = [
    ...comparison.differences,
    ...compareAttachments(content, recomputed, dependencies),
    ...comparePages(content.pages, expected.pages),
  ];
  if (differences.length === 0 && Buffer.compare(bytes, rebuilt) !== 0) {
    differences.push(...compareObjects(bytes, rebuilt));
  }
  return summarise(bundle, {
    differences,
    evaluations,
    values: comparison.values,
    pages: content.pages.length,
    printedNumbers: countNumbers(content.pages),
  });
}

function verifyBundleFile(bytes: Uint8Array, dependencies: VerifyDependencies): Verification {
  const name = 'the bundle';
  if (schemaOf(parseJson(bytes, name)) === 'citygauge/evaluation@1') {
    throw new InputError(
      'the file is an evaluation alone, without the model it was made with: verify the PDF, or the bundle attached to it',
    );
  }
  const bundle = parseBundle(bytes, name);
  const { comparison, evaluations } = recomputeBundle(bundle, dependencies);
  return summarise(bundle, {
    differences: comparison.differences,
    evaluations,
    values: comparison.values,
    pages: 0,
    printedNumbers: 0,
  });
}

interface RecomputedBundle {
  readonly comparison: Comparison;
  /** The bundle with every evaluation as recomputed; as embedded where it cannot be. */
  readonly recomputed: ReportBundle;
  readonly evaluations: number;
}

function recomputeBundle(bundle: ReportBundle, { engine }: VerifyDependencies): RecomputedBundle {
  const comparison: Comparison = { differences: [], values: 0 };
  const { differences } = comparison;
  for (const [index, { sha256, yaml }] of bundle.models.entries()) {
    comparison.values += 1;
    const actual = sha256Of(yaml);
    if (actual !== sha256)
      differences.push({ where: `models[${index}].sha256`, printed: sha256, recomputed: actual });
  }
  const models = modelsOf(bundle, engine);
  let evaluations = 0;
  const again = (evaluation: Evaluation, where: string) => {
    const result = recompute(evaluation, where, { engine, models }, comparison);
    if (result) evaluations += 1;
    return result ?? evaluation;
  };
  const evaluation = again(bundle.evaluation, 'evaluation');
  const history = bundle.history.map((each) => again(each, `history[${each.period.id}]`));
  differences.push(...checkHistory(bundle));
  recomputeRegisters(bundle.registers, bundle.evaluation, comparison);
  const recomputed = assemble({ ...bundle, evaluation, history });
  for (const key of Object.keys(bundle)) {
    if (!(key in recomputed))
      differences.push({ where: key, printed: 'there', recomputed: 'no part of a bundle' });
  }
  comparison.values += 1;
  if (recomputed.number !== bundle.number) {
    differences.push({ where: 'number', printed: bundle.number, recomputed: recomputed.number });
  }
  return { comparison, evaluations, recomputed };
}

/** The bundle as it is made from these parts; as given when a model is missing, which is named already. */
function assemble(parts: ReportBundle): ReportBundle {
  try {
    return makeBundle(parts);
  } catch {
    return parts;
  }
}

/** A history is of the same subject and model, in order, and before the evaluation. */
function checkHistory({ evaluation, history }: ReportBundle): Difference[] {
  return history.flatMap((each, index): Difference[] => {
    const where = `history[${each.period.id}]`;
    const next = history[index + 1] ?? evaluation;
    const wrong: Difference[] = [];
    for (const part of ['subject', 'model'] as const) {
      if (each[part].id !== evaluation[part].id) {
        wrong.push({ where: `${where}.${part}.id`, printed: each[part].id, recomputed: evaluation[part].id });
      }
    }
    if (!(Date.parse(each.period.start) < Date.parse(next.period.start))) {
      wrong.push({
        where: `${where}.period`,
        printed: each.period.id,
        recomputed: `before ${next.period.id}`,
      });
    }
    return wrong;
  });
}

/** Each file that the PDF carries beside the bundle, and the bundle's own bytes. */
function compareAttachments(
  content: PdfContent,
  bundle: ReportBundle,
  { engine }: VerifyDependencies,
): Difference[] {
  const expected = new Map(
    attachmentsOf(bundle, modelsOf(bundle, engine)).map((each) => [each.name, each.bytes]),
  );
  return [...new Set([...expected.keys(), ...content.attachments.keys()])].flatMap((name): Difference[] => {
    const [found, wanted] = [content.attachments.get(name), expected.get(name)];
    if (found && wanted && sha256Of(found) === sha256Of(wanted)) return [];
    const describe = (bytes: Uint8Array | undefined) =>
      bytes ? `${bytes.length} bytes, sha256 ${sha256Of(bytes)}` : 'not there';
    return [{ where: `attachment ${name}`, printed: describe(found), recomputed: describe(wanted) }];
  });
}

/** Beyond this many differences the rest are counted. */
const longestList = 200;

function shortened(differences: readonly Difference[]): readonly Difference[] {
  const rest = differences.length - longestList;
  if (rest <= 0) return differences;
  const more = { where: 'further differences', printed: `${rest} more`, recomputed: '—' };
  return [...differences.slice(0, longestList), more];
}

function summarise(
  bundle: ReportBundle,
  { differences, ...compared }: Verification['compared'] & { differences: readonly Difference[] },
): Verification {
  const { evaluation } = bundle;
  return {
    isVerified: differences.length === 0 && compared.evaluations > 0 && compared.values > 0,
    number: bundle.number,
    evaluation: {
      sha256: evaluation.sha256,
      model: evaluation.model.id,
      subject: evaluation.subject.id,
      period: evaluation.period.id,
    },
    compared,
    differences: shortened(differences),
  };
}
