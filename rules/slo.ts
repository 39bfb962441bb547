/** SLO specs: read, linted, written in another format. */
import type { LintFinding, Slo } from './contract.ts';
import { lintSlos, rememberPlaces } from './slo/lint/lint-slos.ts';
import { readAll, type SpecFile } from './slo/read/read-slos.ts';

export { definitionOf } from './slo/definition.ts';
export { bucketMetricsOf } from './slo/lint/asked-metrics.ts';
export type { KnownFacts } from './slo/lint/lint-rule.ts';
export { lintSentence } from './slo/lint/lint-sentence.ts';
export { lintSlos } from './slo/lint/lint-slos.ts';
export type { SpecFile } from './slo/read/read-slos.ts';
export { readSpecFiles } from './slo/spec-files.ts';
export { dropFor, writeSpecs, writtenFormats } from './slo/write/write-specs.ts';

/**
 * SLOs of all files in the order of their sources. InputError with every fault of every file together; what the linter
 * finds is returned, faults too.
 */
export function readSlos(files: readonly SpecFile[]): {
  readonly slos: readonly Slo[];
  readonly findings: readonly LintFinding[];
} {
  const all = readAll(files);
  rememberPlaces(all);
  const slos = all.map(({ slo }) => slo);
  return { slos, findings: lintSlos(slos) };
}
