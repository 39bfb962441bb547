import type { SecurityRegister } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { judgeAlarm, listAlarms } from './alarms/alarm-list.ts';
import { listAssets } from './assets/asset-list.ts';
import { putAssets } from './assets/put-assets.ts';
import { renameAsset } from './assets/rename-asset.ts';
import { excerptAt } from './excerpt.ts';
import { exposureAt } from './exposure.ts';
import { figuresAt } from './figures.ts';
import { findingHistory } from './findings/finding-history.ts';
import { listFindings } from './findings/finding-list.ts';
import { inTransaction } from './in-transaction.ts';
import { importScan } from './scans/import-scan.ts';
import { listScans } from './scans/scan-list.ts';
import { endSuppression, suppress, suppressionsAt } from './suppressions.ts';
import { trendOf } from './trend.ts';

export function openSecurity(db: Database): SecurityRegister {
  return {
    importScan: (order) => importScan(db, order),
    scans: (subjects, limit) => listScans(db, subjects, limit),
    findings: (filter) => listFindings(db, filter),
    finding: (id, at) => findingHistory(db, id, at),
    exposure: (request) => exposureAt(db, request),
    trend: (subjects, instants) => trendOf(db, subjects, instants),
    figures: (request) => figuresAt(db, request),
    excerpt: (request) => excerptAt(db, request),
    assets: (filter) => listAssets(db, filter),
    putAssets: (subject, assets, at, { isDryRun = false } = {}) =>
      inTransaction(db, { isKept: !isDryRun }, (tx) => putAssets(tx, { subject, at }, assets)),
    renameAsset: (subject, from, to) =>
      db.transaction().execute((tx) => renameAsset(tx, subject, { from, to })),
    suppress: (suppression) => suppress(db, suppression),
    endSuppression: (id, by, at) => endSuppression(db, id, { by, at }),
    suppressions: (request) => suppressionsAt(db, request),
    alarms: (filter) => listAlarms(db, filter),
    judgeAlarm: (id, judgement) => judgeAlarm(db, id, judgement),
  };
}
