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
}

type AssetOrder = Pick<ScanOrder, 'path' | 'fileName' | 'subject' | 'importedAt' | 'isDryRun' | 'signal'>;

/** Reads the inventory of a subject and merges it into the register; a faulty row stops all of it. */
export async function importAssetsFile(
  store: EvidenceStore,
  { path, fileName, subject: id, importedAt, isDryRun, signal }: AssetOrder,
): Promise<AssetImportResult> {
  const subject = await findSubject(store, id);
  const { assets } = await readAssets(path, { name: fileName, signal });
  const counts = await asInputAsync(() =>
    store.security.putAssets(subject.id, assets, importedAt, { isDryRun }),
  );
  return { kind: 'assets', subject: subject.id, file: fileName, isDryRun, read: assets.length, ...counts };
}
