/** Checks of data quality: what the composer uses of `data-quality/`. */
export type { CheckFile, CheckSpec, SourceSpec } from './data-quality/check-file/check-spec.ts';
export { parseChecks } from './data-quality/check-file/check-yaml.ts';
export { readChecksFile } from './data-quality/check-file/checks-file.ts';
export { checksJsonSchema } from './data-quality/check-file/file-form.ts';
export { checksFromProfile, profileSource, type SourceProfile } from './data-quality/profile/profile.ts';
export type { CheckOrder } from './data-quality/run/check-order.ts';
export { readingsOfRun } from './data-quality/run/readings-of-run.ts';
export { runChecks } from './data-quality/run/run-checks.ts';
export { type CheckedSources, checkSources, chosenSources } from './data-quality/sources/check-sources.ts';
