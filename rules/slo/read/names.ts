import type { PathStep } from '../../contract.ts';
import { refuse, type SpecDocument } from './spec-document.ts';

/** Names of services and SLOs, as Sloth wants them: they become label values, alert names and file names. */
const namePattern = /^[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]$/;
const longestName = 253;

const articles = { service: 'a', SLO: 'an' } as const;

/** Names of labels that a Prometheus before 3.0 takes too. */
const labelPattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Refuses a name that is none; any script belongs into the title. */
export function checkName(
  document: SpecDocument,
  path: readonly PathStep[],
  {
    name,
    of,
    remedy,
  }: { readonly name: string; readonly of: keyof typeof articles; readonly remedy: string },
): void {
  if (name.length > longestName) {
    refuse(document, path, `the name of the ${of} has ${name.length} characters: at most ${longestName}`);
  } else if (!namePattern.test(name)) {
    const rule =
      'two characters or more, a letter or digit of ASCII first and last, between them also ".", "_" and "-"';
    refuse(document, path, `"${name.slice(0, 60)}" is no name of ${articles[of]} ${of}: ${rule}; ${remedy}`);
  }
}

export const isLabelName = (name: string) => labelPattern.test(name) && name !== '__name__';

/** Refuses names of labels or annotations that Prometheus does not take. */
export function checkLabelNames(
  document: SpecDocument,
  path: readonly PathStep[],
  labels: Readonly<Record<string, unknown>> | undefined,
): void {
  for (const name of Object.keys(labels ?? {})) {
    if (isLabelName(name)) continue;
    refuse(
      document,
      [...path, name],
      `"${name.slice(0, 60)}" is no name of a label: write letters, digits and "_", no digit first`,
      'key',
    );
  }
}
