import { createReadStream } from 'node:fs';
import { InputError, reportFormatIds, type ScanFormat, type ScanReport } from '../../collectors/contract.ts';
import { readScanReport } from '../../collectors/security.ts';
import type { EvidenceStore, ScanOutcome } from '../../store/contract.ts';
import { asInputAsync, findSubject } from './evaluate.ts';

export interface ScanOrder {
  readonly path: string;
  /** The name the user knows, when the path is that of a temporary copy. */
  readonly fileName: string;
  readonly subject: string;
  /** Null = told from the beginning of the file. */
  readonly format: ScanFormat | null;
  /** What the report is about, where it does not say so itself. */
  readonly asset: string | null;
  readonly isDryRun: boolean;
  /** ISO instant. */
  readonly importedAt: string;
  readonly signal: AbortSignal;
}

/** What the import of a report did, or with a dry run would do. */
export interface ScanImportResult extends ScanOutcome {
  readonly kind: 'findings';
  readonly subject: string;
  readonly file: string;
  readonly sha256: string;
  readonly isDryRun: boolean;
  readonly format: ScanFormat;
  readonly assets: number;
  readonly baselines: number;
  readonly skipped: ScanReport['skipped'];
}

/** InputError for a name that is none. */
export function scanFormat(name: string | undefined): ScanFormat | null {
  if (name === undefined) return null;
  const format = reportFormatIds.find((each) => each === name);
  if (!format)
    throw new InputError(`--format "${name}" is unknown: write one of ${reportFormatIds.join(', ')}`);
  return format;
}

/** Reads a scanner's report within its limits and merges it into the register; all of it or nothing. */
export async function importScanFile(store: EvidenceStore, order: ScanOrder): Promise<ScanImportResult> {
  const { path, fileName, format, asset, importedAt, isDryRun, signal } = order;
  const subject = await findSubject(store, order.subject);
  const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { signal });
  const { report, sha256 } = await readScanReport({
    ...{ chunks, fileName, format, asset, timeZone: subject.timeZone, now: importedAt },
  }).catch((error: unknown) => {
    throw unreadable(error, fileName);
  });
  const outcome = await asInputAsync(() =>
    store.security.importScan({ subject: subject.id, report, fileName, sha256, importedAt, isDryRun }),
  );
  return {
    ...{ kind: 'findings', subject: subject.id, file: fileName, sha256, isDryRun },
    ...{ format: report.format, assets: report.assets.length, baselines: report.baselines.length },
    ...{ skipped: report.skipped, ...outcome },
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: correct the path',
  EACCES: 'may not be read by this user: change its rights',
  EISDIR: 'is a folder: name the report in it',
};

function unreadable(error: unknown, fileName: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  return reason === undefined ? error : new InputError(`${fileName} ${reason}`, { cause: error });
}
