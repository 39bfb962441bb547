import type { Subject, Unit } from '../contract.ts';
import { type ImportFileRequest, importFile } from './import-file.ts';
import { indicatorLookup } from './indicator-lookup.ts';
import { parseMapping } from './mapping/mapping-yaml.ts';

/** A root subject for tests, in a zone with summer time. */
export const testCity: Subject = {
  id: 'boston',
  name: { zh: '波士顿', en: 'Boston' },
  kind: 'city',
  parent: null,
  timeZone: 'America/New_York',
  isSample: false,
};

export const testIndicators = indicatorLookup(
  new Map<string, Unit>([
    ['S1.T1', 'day'],
    ['S3.P1', 'ratio'],
    ['S3.P2', 'ratio'],
    ['S6.P3', 'count'],
    ['S8.X', 'score'],
  ]),
);

export interface TestImport extends Partial<ImportFileRequest> {
  readonly path: string;
  readonly kind: ImportFileRequest['kind'];
  readonly yaml?: string;
}

/** Imports a file and gathers everything it yields. */
export async function runImport({ yaml, ...request }: TestImport) {
  const run = importFile({
    subject: testCity,
    mapping: yaml === undefined ? null : parseMapping(yaml, 'm.yaml'),
    isSubject: () => false,
    indicators: testIndicators,
    ...request,
  });
  const batches = [];
  for await (const batch of run.batches) batches.push(batch);
  return {
    records: batches.flatMap((batch) => batch.records),
    rejects: batches.flatMap((batch) => batch.rejects),
    subjects: batches.flatMap((batch) => batch.subjects),
    progress: batches.map((batch) => batch.progress),
    summary: run.summary(),
  };
}
