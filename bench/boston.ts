import { importRecords } from '../cli/compose/import.ts';
import { readMappingFile } from '../collectors/records.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { bostonMapping } from './workspace-folder.ts';

const boston = {
  id: 'boston',
  name: { zh: '波士顿', en: 'Boston' },
  kind: 'city',
  parent: null,
  timeZone: 'America/New_York',
  isSample: false,
} as const;

/** Puts the Boston file into a store as the command does. */
export async function importBoston(store: EvidenceStore, path: string) {
  await store.subjects.put([boston]);
  return importRecords(store, {
    kind: 'work-orders',
    path,
    subject: boston.id,
    mapping: await readMappingFile(bostonMapping),
    covers: null,
    isDryRun: false,
    maxRejects: Number.POSITIVE_INFINITY,
    rejectsPath: `${path}.rejects.csv`,
    importedAt: '2016-01-02T00:00:00Z',
    signal: new AbortController().signal,
  });
}
