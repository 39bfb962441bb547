import type { Asset, ScannedFinding, ScanReport, Severity } from '../../collectors/contract.ts';
import type { EvidenceStore, ScanImport, ScanOutcome } from '../contract.ts';

export function day(number: number, time = '08:00:00.000'): string {
  return `2031-05-${String(number).padStart(2, '0')}T${time}Z`;
}

export function found(rule: string, asset: string, other: Partial<ScannedFinding> = {}): ScannedFinding {
  const severity: Severity = 'high';
  return { rule, asset, title: `Title of ${rule}`, severity, cvss: null, places: [], url: null, ...other };
}

/** A report of `trivy` that looked at the assets in full. */
export function report(
  at: string | null,
  assets: readonly string[],
  other: Partial<ScanReport> = {},
): ScanReport {
  return {
    ...{ format: 'trivy', scanner: 'trivy', scannerVersion: '0.60.1', producedAt: at },
    assets: assets.map((id) => ({ id, kind: 'image' })),
    ...{ findings: [], baselines: [], alarms: [], logs: [], certificates: [] },
    skipped: { count: 0, examples: [] },
    ...other,
  };
}

export const importedAt = day(28);
let files = 0;

/** Imports a report as a file of its own, unless its bytes are named. */
export function importReport(
  store: EvidenceStore,
  subject: string,
  scan: ScanReport,
  other: Partial<ScanImport> = {},
): Promise<ScanOutcome> {
  files += 1;
  const file = { fileName: `scan-${files}.json`, sha256: `f00d${files}`, importedAt };
  return store.security.importScan({ subject, report: scan, ...file, ...other });
}

export function asset(id: string, other: Partial<Asset> = {}): Asset {
  return { id, name: `Name of ${id}`, kind: 'host', owner: null, aliases: [], sendsLogs: false, ...other };
}

/** Rule and asset -> state of every finding at an instant. */
export async function statesOf(
  store: EvidenceStore,
  subject: string,
  at: string,
): Promise<Record<string, string>> {
  const { rows } = await store.security.findings({ subjects: [subject], at, offset: 0, limit: 1000 });
  return Object.fromEntries(rows.map(({ rule, asset: id, state }) => [`${rule} ${id}`, state]));
}
