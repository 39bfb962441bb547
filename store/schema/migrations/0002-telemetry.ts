import { type Migration, sql } from 'kysely';

/**
 * Instants of samples are milliseconds since 1970: half the size of a timestamp with its conversions, and what PromQL
 * servers speak. A bucket holds what its samples were, so that adjacent ones can be joined without loss.
 */
const tables = [
  'alter table readings rename to readings_0001',
  `create table metric_series (
    id integer generated always as identity primary key, metric text not null, labels jsonb not null,
    labels_hash text not null, subject_id text, job text, unique (metric, labels_hash))`,
  'create index metric_series_subject on metric_series (subject_id)',
  `create table metric_samples (
    series_id integer not null, at bigint not null, value double precision not null, primary key (series_id, at))`,
  `create table metric_buckets (
    series_id integer not null, width integer not null, at bigint not null, count integer not null,
    sum double precision not null, min double precision not null, max double precision not null,
    first double precision not null, last double precision not null, first_at bigint not null, last_at bigint not null,
    growth double precision not null, primary key (series_id, width, at))`,
  `create table metric_horizon (
    only_row boolean primary key default true check (only_row), rolled_up_to bigint not null)`,
  'insert into metric_horizon (rolled_up_to) values (0)',
  `create table collector_runs (
    id integer generated always as identity primary key, job text not null, collector text not null,
    subject_id text not null, started_at timestamptz not null, state text not null, body text not null)`,
  'create index collector_runs_job on collector_runs (job, started_at)',
  'create index collector_runs_time on collector_runs (started_at)',
  `create table resolutions (
    id integer generated always as identity primary key, subject_id text not null, period text not null,
    indicator text not null, is_withdrawn boolean not null, body text not null)`,
  'create index resolutions_key on resolutions (subject_id, period, indicator)',
];

const moves = [
  `insert into metric_series (metric, labels, labels_hash, subject_id, job)
    select distinct on (metric, labels_hash) metric, labels, labels_hash, labels->>'subject', labels->>'job'
    from readings_0001`,
  `insert into metric_samples (series_id, at, value)
    select s.id, round(extract(epoch from r.at) * 1000)::bigint, max(r.value)
    from readings_0001 r join metric_series s using (metric, labels_hash) group by 1, 2`,
  'drop table readings_0001',
  `create view readings as
    select s.metric, s.labels, s.subject_id as subject, to_timestamp(r.at / 1000.0) as at, r.value, r.series_id as series
    from metric_samples r join metric_series s on s.id = r.series_id`,
];

export const telemetry: Migration = {
  async up(db) {
    for (const statement of [...tables, ...moves]) await sql.raw(statement).execute(db);
  },
};
