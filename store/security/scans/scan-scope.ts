import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { InputError, type ScanReport } from '../../../collectors/contract.ts';
import type { ScanImport } from '../../contract.ts';
import type { Tx } from '../../schema/tables.ts';
import { assetIdOf } from '../assets/asset-id.ts';
import { type ScannedNames, takeAssets } from '../assets/scanned-assets.ts';
import { storedText } from '../stored-text.ts';

/** Clocks of scanners may be ahead by this much, as those of machines that keep time are; more is a wrong clock. */
const clockToleranceMilliseconds = 5 * 60_000;

/** What a report is about: when, of whom, and which assets in which way. */
export interface ScanScope {
  readonly subject: string;
  readonly scanner: string;
  /** ISO instant of the scan. */
  readonly at: string;
  readonly fileName: string;
  /** Normalised id -> number, of every asset of the report. */
  readonly assetIds: ReadonlyMap<string, number>;
  /** Looked at in full. */
  readonly full: readonly number[];
  /** Those of which the same scanner has a newer scan. */
  readonly outdated: ReadonlySet<number>;
}

/** InputError for a report from the future. */
export function instantOf({ report, fileName, importedAt }: ScanImport): string {
  const at = report.producedAt ?? importedAt;
  if (Date.parse(at) <= Date.parse(importedAt) + clockToleranceMilliseconds)
    return new Date(at).toISOString();
  throw new InputError(
    `${fileName}: the report says that it was made at ${at}, which is after now (${importedAt}): set the clock of the machine that scans, then scan again.`,
    {
      zh: `${fileName}：报告称生成于 ${at}，晚于当前时间 ${importedAt}：请校准扫描机时钟后重新扫描。`,
    },
  );
}

/**
 * Of the bytes, and of what they were read as: a report without findings may be the same for two assets, and of the same list of
 * certificates more have expired a month later.
 */
export function identityOf({ report, sha256 }: ScanImport): string {
  const assets = report.assets.map(({ id }) => assetIdOf(id)).sort();
  const judged =
    report.certificates.length > 0
      ? report.findings.map(({ rule, asset, places }) => [rule, asset, places])
      : [];
  return hash('sha256', JSON.stringify([sha256, report.format, report.scanner, assets, ...judged]));
}

/** Alarms do not make an asset: their addresses may be anybody's. */
function namesOf(report: ScanReport): ReadonlyMap<string, ScannedNames> {
  const names = new Map<string, ScannedNames>();
  for (const { id, kind, aliases = [] } of report.assets) {
    const before = names.get(assetIdOf(id))?.aliases ?? [];
    names.set(assetIdOf(id), {
      kind: storedText(kind ?? ''),
      aliases: [...before, ...aliases.map(assetIdOf)],
    });
  }
  for (const { asset } of [...report.findings, ...report.baselines, ...report.logs]) {
    const id = assetIdOf(asset);
    if (!names.has(id)) names.set(id, { kind: '', aliases: [] });
  }
  return names;
}

export async function openScope(tx: Tx, order: ScanImport, at: string): Promise<ScanScope> {
  const { subject, report, fileName } = order;
  const assetIds = await takeAssets(tx, { subject, at }, namesOf(report));
  const { rows } = await sql<{ asset_id: number }>`
    select distinct c.asset_id from security_scan_assets c join security_scans s on s.id = c.scan_id
    where c.asset_id = any(${[...new Set(assetIds.values())]}::integer[])
      and s.scanner = ${report.scanner} and s.produced_at > ${at}`.execute(tx);
  const full = new Set(report.assets.flatMap(({ id }) => assetIds.get(assetIdOf(id)) ?? []));
  const outdated = new Set(rows.map(({ asset_id }) => asset_id));
  return { subject, scanner: report.scanner, at, fileName, assetIds, full: [...full], outdated };
}
