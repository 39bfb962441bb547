import type { CertificateSighting, CollectedScan, CollectorPorts, ScanFormat } from '../../contract.ts';
import { InputError, type Text } from '../../contract.ts';
import { reportLimits } from '../reading/limits.ts';
import { readScanReport } from '../reports.ts';

/** A file as it was when it was last read. */
export interface KnownFile {
  /** Size, time of change and identity together: another one means another content. */
  readonly signature: string;
  /** Milliseconds since 1970. */
  readonly readAt: number;
  /** ISO instant: end of the scan, else the file's last change. */
  readonly at: string | null;
  readonly scanner: string | null;
  readonly findings: number;
  readonly skipped: number;
  /** Their days run down though the file stays as it is. */
  readonly certificates: readonly CertificateSighting[];
  readonly fault: Text | null;
}

/** What lasts between runs. */
export interface ReportMemory {
  /** By path. */
  readonly files: Map<string, KnownFile>;
  /** Contents that were handed over, with when: one that lies under two names counts once. */
  readonly contents: Map<string, number>;
}

/** What was handed over may not have reached the store; a report that it has already costs it next to nothing. */
const readAgainMilliseconds = 24 * 3600 * 1000;

export interface ReadSettings {
  readonly format: ScanFormat | null;
  readonly asset: string | null;
  readonly timeZone: string;
  readonly homeNetworks?: readonly string[];
}

export interface Look {
  readonly known: KnownFile;
  /** Null when it is known already, or could not be read. */
  readonly scan: CollectedScan | null;
}

const faultOf = (error: InputError): Text => ({ zh: error.zh ?? error.message, en: error.message });

/** Looks at one file and reads it where it is new; a fault of the file is told, once for each of its states found. */
export async function lookAt(
  path: string,
  settings: ReadSettings,
  { ports, memory }: { readonly ports: CollectorPorts; readonly memory: ReportMemory },
): Promise<Look> {
  const now = ports.clock.now();
  const base = {
    ...{ signature: '', readAt: now, at: null, scanner: null, findings: 0, skipped: 0 },
    ...{ certificates: [], fault: null },
  };
  let signature = '';
  try {
    const { size, modifiedAt, identity } = await ports.files.stat(path);
    signature = `${size} ${modifiedAt} ${identity}`;
    const before = memory.files.get(path);
    if (before?.signature === signature && now - before.readAt < readAgainMilliseconds)
      return { known: before, scan: null };
    const chunks = ports.files.stream(path, { maxBytes: reportLimits.streamBytes });
    const request = { ...settings, chunks, fileName: path, now: new Date(now).toISOString() };
    const { report, sha256 } = await readScanReport(request);
    const { scanner, findings, skipped, certificates } = report;
    const known: KnownFile = {
      ...{ ...base, signature, scanner, at: report.producedAt ?? modifiedAt },
      ...{ findings: findings.length, skipped: skipped.count, certificates },
    };
    memory.files.set(path, known);
    const handedOverAt = memory.contents.get(sha256) ?? Number.NEGATIVE_INFINITY;
    if (now - handedOverAt < readAgainMilliseconds) return { known, scan: null };
    memory.contents.set(sha256, now);
    return { known, scan: { report, fileName: path, sha256 } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const known = { ...base, signature, fault: faultOf(error) };
    if (signature !== '') memory.files.set(path, known);
    return { known, scan: null };
  }
}

/** Forgets files that are gone and contents that would be handed over again anyway. */
export function forget(memory: ReportMemory, paths: ReadonlySet<string>, now: number): void {
  for (const path of memory.files.keys()) if (!paths.has(path)) memory.files.delete(path);
  for (const [sha256, at] of memory.contents)
    if (now - at >= readAgainMilliseconds) memory.contents.delete(sha256);
}
