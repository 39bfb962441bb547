import { InputError, type Text } from '../../collectors/contract.ts';
import { readAssets } from '../../collectors/security.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { asInputAsync, findSubject } from './evaluate.ts';
import type { ScanOrder } from './scan-import.ts';

/** What the import of an inventory did. */
export interface AssetImportResult {
  readonly kind: 'assets';
  readonly subject: string;
  readonly file: string;
  readonly isDryRun: boolean;
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** What the user should know of how the file was read. */
  readonly notes: readonly Text[];
}

type AssetOrder = Pick<ScanOrder, 'path' | 'fileName' | 'subject' | 'importedAt' | 'isDryRun' | 'signal'>;

/** Reads the inventory of a subject and merges it into the register; a faulty row stops all of it. */
export async function importAssetsFile(
  store: EvidenceStore,
  { path, fileName, subject: id, importedAt, isDryRun, signal }: AssetOrder,
): Promise<AssetImportResult> {
  const subject = await findSubject(store, id);
  const { assets, notes } = await readAssets(path, { name: fileName, signal });
  const counts = await asInputAsync(() =>
    store.security.putAssets(subject.id, assets, importedAt, { isDryRun }),
  ).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      error.faults.map((fault) => `${fileName}: ${fault}`),
      { cause: error },
    );
  });
  return {
    ...{ kind: 'assets', subject: subject.id, file: fileName, isDryRun, read: assets.length },
    ...{ ...counts, notes },
  };
}
