import type { Generated } from 'kysely';

/** Known by scans or listed in the inventory. */
export interface SecurityAssetsTable {
  id: Generated<number>;
  subject_id: string;
  /** Normalised id. */
  asset: string;
  /** As the first scanner has it; empty when none says. */
  kind: string;
  first_seen_at: string;
}

export interface SecurityAssetAliasesTable {
  subject_id: string;
  alias: string;
  asset_id: number;
}

/** Entries of the inventory from `at` on, until the next of the same asset. */
export interface SecurityInventoryTable {
  asset_id: number;
  at: string;
  name: string;
  kind: string;
  owner: string | null;
  sends_logs: boolean;
}

export interface SecurityScansTable {
  id: Generated<number>;
  subject_id: string;
  /** Of bytes, scanner and assets: the same again is a duplicate. */
  identity: string;
  scanner: string;
  format: string;
  file_name: string;
  sha256: string;
  produced_at: string;
  imported_at: string;
  read: number;
  new: number;
  reopened: number;
  fixed: number;
  changed: number;
  unchanged: number;
  alarms: number;
  writes: number;
  /** Looked at in full, outdated ones included. */
  assets: number;
  skipped: number;
  is_outdated: boolean;
}

/** Assets that a scan looked at in full, being the newest of its scanner there. */
export interface SecurityScanAssetsTable {
  asset_id: number;
  scan_id: number;
}

export interface SecurityFindingsTable {
  id: Generated<number>;
  asset_id: number;
  rule: string;
}

/** What one scanner says of one finding from `from_at` until `to_at` (null = still). */
export interface SecuritySightingsTable {
  id: Generated<number>;
  finding_id: number;
  scanner: string;
  from_at: string;
  to_at: string | null;
  /** Newest report that named it without looking at the whole asset; else `from_at`. */
  last_at: string;
  /** Place in `severities`. */
  severity: number;
  cvss: number | null;
  title: string;
  url: string | null;
  /** JSON list of texts. */
  places: string;
  content_hash: string;
}

export interface SecurityBaselinesTable {
  asset_id: number;
  profile: string;
  at: string;
  passed: number;
  failed: number;
  other: number;
}

/** First and last sighting of an asset's logs within an hour. */
export interface SecurityLogHoursTable {
  asset_id: number;
  hour: string;
  first_at: string;
  last_at: string;
}

export interface SecurityAlarmsTable {
  id: Generated<number>;
  subject_id: string;
  scanner: string;
  signature: string;
  asset: string;
  /** UTC. */
  day: string;
  title: string;
  severity: number;
}

/** What one file tells of an alarm. */
export interface SecurityAlarmPartsTable {
  alarm_id: number;
  file_name: string;
  first_at: string;
  last_at: string;
  count: number;
}

export interface SecurityJudgementsTable {
  id: Generated<number>;
  alarm_id: number;
  verdict: 'confirmed' | 'dismissed';
  judged_by: string;
  reason: string;
  at: string;
}

export interface SecuritySuppressionsTable {
  id: Generated<number>;
  subject_id: string;
  rule: string;
  asset: string | null;
  reason: string;
  set_by: string;
  at: string;
  expires_at: string;
  ended_by: string | null;
  ended_at: string | null;
}

/** Tables of the security register. */
export interface SecuritySchema {
  security_assets: SecurityAssetsTable;
  security_asset_aliases: SecurityAssetAliasesTable;
  security_inventory: SecurityInventoryTable;
  security_scans: SecurityScansTable;
  security_scan_assets: SecurityScanAssetsTable;
  security_findings: SecurityFindingsTable;
  security_sightings: SecuritySightingsTable;
  security_baselines: SecurityBaselinesTable;
  security_log_hours: SecurityLogHoursTable;
  security_alarms: SecurityAlarmsTable;
  security_alarm_parts: SecurityAlarmPartsTable;
  security_judgements: SecurityJudgementsTable;
  security_suppressions: SecuritySuppressionsTable;
}
