import type { ImportOutcome, ImportUpload } from '../../dashboards/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { findSubject } from './evaluate.ts';
import { type ImportResult, importRecords } from './import.ts';
import { mappingText, shippedMapping } from './mappings.ts';
import { importObservationsFile } from './observations.ts';

function outcomeOf(result: ImportResult): ImportOutcome {
  return {
    ...result,
    preview: result.preview.map(({ id, subject, fields, fault }) => ({
      id,
      subject,
      ...Object.fromEntries(
        Object.entries(fields)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => [name, String(value)]),
      ),
      ...(fault === null ? {} : { fault }),
    })),
  };
}

/** An import from the pages: the same path as the command's, with the upload's spooled file. */
export async function importUpload(
  store: EvidenceStore,
  upload: ImportUpload,
  importedAt: string,
): Promise<ImportOutcome> {
  const { kind, mapping } = upload;
  const loaded =
    mapping && ('name' in mapping ? await shippedMapping(mapping.name) : mappingText(mapping.yaml));
  const order = {
    mapping: loaded ?? null,
    path: upload.path,
    fileName: upload.fileName,
    subject: upload.subject,
    isDryRun: upload.isDryRun,
    maxRejects: Number.POSITIVE_INFINITY,
    rejectsPath: null,
    importedAt,
    signal: new AbortController().signal,
  };
  if (kind === 'observations') {
    return outcomeOf(await importObservationsFile(store, await findSubject(store, upload.subject), order));
  }
  return outcomeOf(await importRecords(store, { ...order, kind, covers: null }));
}
