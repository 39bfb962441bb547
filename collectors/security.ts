/** Reports of scanners and the inventory of assets: what the composer uses of `security/`. */
export { type AssetTable, readAssets } from './security/assets/read-assets.ts';
export { type ReportRequest, readScanReport } from './security/reports.ts';
