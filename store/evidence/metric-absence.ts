import { sql } from 'kysely';
import type { CollectorOutcome, MetricMeasure, Observation, Text } from '../../scoring/contract.ts';
import type { MetricRequest } from '../contract.ts';
import * as reasons from './metric-reasons.ts';
import type { MetricEvidence } from './metrics.ts';

export interface AbsenceQueries {
  readonly evidence: MetricEvidence;
  readonly asked: MetricRequest;
  readonly period: string;
}

interface JobRuns {
  readonly job: string;
  readonly runs: number;
  readonly failed: number;
  /** Outcomes of the last runs that failed or had a gap, newest first. */
  readonly faults: readonly string[];
}

/** A gap of another metric may hide the fault asked for; this many faulty runs of a job are looked through. */
const faultsSeen = 50;

/** Why there is no sample: the collectors failed (`failed`), or nobody collects it (`notReported`). */
export async function explainAbsence(
  measure: MetricMeasure,
  { evidence, asked, period }: AbsenceQueries,
): Promise<Pick<Observation, 'state' | 'reason'>> {
  if (Date.parse(asked.to) <= Date.parse(asked.from)) {
    return { state: 'notReported', reason: reasons.notBegun(period) };
  }
  if (measure.of === null) {
    const isEmbedded = evidence.source.kind === 'embedded';
    return {
      state: 'notReported',
      reason: isEmbedded ? reasons.needsPrometheus(measure.text) : reasons.noSample(measure.text, period, []),
    };
  }
  const { metric } = measure.of;
  const collectors = collectorsOf(metric, evidence);
  const jobs = await runsOfJobs(metric, collectors, { evidence, asked });
  for (const job of jobs) {
    const error = errorOf(job, metric);
    if (error) return { state: 'failed', reason: reasons.failedJob(metric, { ...job, error }) };
  }
  const drops = await dropsOfJobs(jobs, { evidence, asked });
  if (drops.length > 0 && (jobs.length > 0 || collectors.length === 0)) {
    return { state: 'notReported', reason: reasons.droppedSamples(metric, period, drops) };
  }
  if (jobs.length > 0) {
    return {
      state: 'notReported',
      reason: reasons.idleJobs(
        metric,
        period,
        jobs.map(({ job }) => job),
      ),
    };
  }
  return { state: 'notReported', reason: reasons.noSample(metric, period, collectors) };
}

/** The error of the last run that failed, or whose gap the metric fell into. */
function errorOf({ faults }: JobRuns, metric: string): Text | null {
  const errors = faults.map((fault) => {
    const { error, gaps } = JSON.parse(fault) as CollectorOutcome;
    const gap = gaps.find(
      (each) => each.state === 'failed' && (each.metric === null || each.metric === metric),
    );
    return error ?? gap?.reason ?? null;
  });
  return errors.find((error) => error !== null) ?? null;
}

/** A histogram is declared by its base name, its series carry a suffix. */
function collectorsOf(metric: string, { collectorsOf }: MetricEvidence): readonly string[] {
  const base = metric.replace(/_(?:bucket|sum|count)$/, '');
  return [...new Set([...collectorsOf(metric), ...collectorsOf(base)])];
}

function runsInPeriod({ from, to, subjects }: MetricRequest) {
  return sql`started_at >= ${from}::timestamptz and started_at < ${to}::timestamptz
      and subject_id = any(${[...subjects]}::text[])`;
}

/**
 * Samples of the period that were dropped because they were no numbers, by job; of all jobs where none is known to yield
 * the metric, since a source may name what was never kept.
 */
async function dropsOfJobs(
  jobs: readonly JobRuns[],
  { evidence, asked }: Pick<AbsenceQueries, 'evidence' | 'asked'>,
): Promise<readonly reasons.DroppedSamples[]> {
  const ids = jobs.map(({ job }) => job);
  const { rows } = await sql<reasons.DroppedSamples>`
    select job, sum((body::jsonb -> 'dropped' ->> 'notFinite')::bigint)::float8 as samples
    from collector_runs
    where ${runsInPeriod(asked)} and (${ids.length} = 0 or job = any(${ids}::text[])) and body like '%"notFinite":%'
    group by job having sum((body::jsonb -> 'dropped' ->> 'notFinite')::bigint) > 0
    order by samples desc, job collate "C"`.execute(evidence.db);
  return rows;
}

/** Runs in the period of the jobs that ever brought the metric or whose collector declares it, worst first. */
async function runsOfJobs(
  metric: string,
  collectors: readonly string[],
  { evidence, asked }: Pick<AbsenceQueries, 'evidence' | 'asked'>,
): Promise<JobRuns[]> {
  const inPeriod = runsInPeriod(asked);
  const { rows } = await sql<JobRuns>`
    select job, count(*) as runs, count(*) filter (where state <> 'succeeded') as failed,
      array(select body from collector_runs faulty
        where faulty.job = runs.job and state <> 'succeeded' and ${inPeriod}
        order by started_at desc, id desc limit ${faultsSeen}) as faults
    from collector_runs runs
    where ${inPeriod}
      and (collector = any(${[...collectors]}::text[]) or job in (
        select job from metric_series where job is not null and metric in (${metric}, ${`${metric}_bucket`})))
    group by job order by failed desc, job collate "C"`.execute(evidence.db);
  return rows;
}
