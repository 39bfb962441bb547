import { type Migration, sql } from 'kysely';

/**
 * A finding is its asset and its rule; what a scanner says of it stands in spans of time, so that nothing is written
 * while nothing changes and every earlier instant can be read. The two tables with a row per finding have no foreign keys: checking
 * them would cost more than the rows.
 */
const tables: readonly string[] = [
  // A new store has them already: its record tables are made from the fields as they are now.
  'alter table security_events add column if not exists reopened bigint',
  'alter table security_events add column if not exists alarm text',
  `create table security_assets (
    id integer generated always as identity primary key, subject_id text not null, asset text not null,
    kind text not null, first_seen_at timestamptz not null, unique (subject_id, asset))`,
  `create table security_asset_aliases (
    subject_id text not null, alias text not null,
    asset_id integer not null references security_assets (id) on delete cascade,
    primary key (subject_id, alias))`,
  'create index on security_asset_aliases (asset_id)',
  `create table security_inventory (
    asset_id integer not null references security_assets (id) on delete cascade, at timestamptz not null,
    name text not null, kind text not null, owner text, sends_logs boolean not null, primary key (asset_id, at))`,
  `create table security_scans (
    id integer generated always as identity primary key, subject_id text not null, identity text not null,
    scanner text not null, format text not null, file_name text not null, sha256 text not null,
    produced_at timestamptz not null, imported_at timestamptz not null, read integer not null, new integer not null,
    reopened integer not null, fixed integer not null, changed integer not null, unchanged integer not null,
    alarms integer not null, writes integer not null, assets integer not null, skipped integer not null,
    is_outdated boolean not null, unique (subject_id, identity))`,
  'create index on security_scans (subject_id, scanner, produced_at)',
  `create table security_scan_assets (
    asset_id integer not null references security_assets (id) on delete cascade,
    scan_id integer not null references security_scans (id) on delete cascade, primary key (asset_id, scan_id))`,
  'create index on security_scan_assets (scan_id)',
  `create table security_findings (
    id integer generated always as identity primary key, asset_id integer not null, rule text not null,
    unique (asset_id, rule))`,
  `create table security_sightings (
    id integer generated always as identity primary key, finding_id integer not null, scanner text not null,
    from_at timestamptz not null, to_at timestamptz, last_at timestamptz not null, severity smallint not null,
    cvss double precision, title text not null, url text, places text not null, content_hash text not null)`,
  'create index on security_sightings (finding_id)',
  `create table security_baselines (
    asset_id integer not null references security_assets (id) on delete cascade, profile text not null,
    at timestamptz not null, passed integer not null, failed integer not null, other integer not null,
    primary key (asset_id, profile, at))`,
  `create table security_log_hours (
    asset_id integer not null references security_assets (id) on delete cascade, hour timestamptz not null,
    first_at timestamptz not null, last_at timestamptz not null, primary key (asset_id, hour))`,
  `create table security_alarms (
    id integer generated always as identity primary key, subject_id text not null, scanner text not null,
    signature text not null, asset text not null, day date not null, title text not null, severity smallint not null,
    unique (subject_id, scanner, signature, asset, day))`,
  `create table security_alarm_parts (
    alarm_id integer not null references security_alarms (id) on delete cascade, file_name text not null,
    first_at timestamptz not null, last_at timestamptz not null, count integer not null,
    primary key (alarm_id, file_name))`,
  `create table security_judgements (
    id integer generated always as identity primary key,
    alarm_id integer not null references security_alarms (id) on delete cascade, verdict text not null,
    judged_by text not null, reason text not null, at timestamptz not null)`,
  'create index on security_judgements (alarm_id)',
  `create table security_suppressions (
    id integer generated always as identity primary key, subject_id text not null, rule text not null, asset text,
    reason text not null, set_by text not null, at timestamptz not null, expires_at timestamptz not null,
    ended_by text, ended_at timestamptz)`,
];

export const security: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
  },
};
