import * as z from 'zod';
import { collectorDomains, dropReasons, metricTypes } from '../../../collectors/contract.ts';
import { text } from './schemas.ts';

export const jobId = z.string().max(200).meta({ description: 'Id of a job in the telemetry settings' });

const labels = z.record(z.string(), z.string());

const gap = z.object({
  metric: z.string().nullable().meta({ description: 'Null = everything with these labels' }),
  labels,
  state: z.enum(['failed', 'notApplicable']),
  reason: text,
  remedy: text.optional(),
});

const target = z
  .object({
    target: z.string(),
    isUp: z.boolean(),
    durationSeconds: z.number().nullable(),
    detail: text,
    phases: z.record(z.string(), z.number()).optional().meta({ description: 'Seconds by phase' }),
    certificateDays: z.number().optional().meta({ description: 'Negative once expired' }),
  })
  .meta({ id: 'TargetState' });

export const run = z
  .object({
    job: z.string(),
    collector: z.string(),
    subject: z.string(),
    startedAt: z.string(),
    durationSeconds: z.number(),
    attempts: z.number(),
    state: z.enum(['succeeded', 'partial', 'failed']),
    samples: z.number(),
    series: z.number(),
    records: z.number(),
    dropped: z.partialRecord(z.enum(dropReasons), z.number()),
    gaps: z.array(gap),
    targets: z.array(target),
    error: text.nullable(),
    remedy: text.nullable(),
  })
  .meta({ id: 'CollectorRun' });

const metric = z
  .object({
    name: z.string(),
    type: z.enum(metricTypes),
    unit: z.string(),
    help: text,
    labels: z.record(z.string(), text),
  })
  .meta({ id: 'MetricSpec' });

const job = z
  .object({
    id: z.string(),
    collector: z.string(),
    title: text,
    domain: z.enum(collectorDomains),
    metrics: z.array(metric),
    isOpen: z.boolean().meta({ description: 'It also yields metrics that its source names' }),
    subject: z.string(),
    schedule: z.string(),
    isRunning: z.boolean(),
    nextAt: z.string().nullable(),
    lastSuccessAt: z.string().nullable(),
    last: run.nullable(),
    refusals: z
      .array(z.object({ output: z.string(), reason: text, remedy: text.nullable() }))
      .meta({ description: 'Outputs that did not take the newest run, which is not the one in `last` then' }),
  })
  .meta({ id: 'JobState' });

const output = z.object({
  name: z.string(),
  title: text,
  state: z.enum(['good', 'broken', 'off']),
  detail: text,
  remedy: text.nullable(),
});

const metricSource = z.union([
  z.object({
    kind: z.enum(['embedded', 'prometheus']),
    location: z.string(),
    version: z.string(),
    clockSkewSeconds: z.number().nullable(),
  }),
  z.object({ fault: z.string() }),
]);

export const telemetry = z
  .object({
    settingsFile: z.string().nullable(),
    metricSource,
    outputs: z.array(output),
    readings: z.object({
      series: z.number(),
      rawSamples: z.number(),
      buckets: z.number(),
      oldest: z.string().nullable(),
      newest: z.string().nullable(),
    }),
    retention: z.object({ rawDays: z.number(), fiveMinuteDays: z.number(), hourDays: z.number() }),
    jobs: z.array(job),
  })
  .meta({ id: 'Telemetry' });

export const chart = z
  .object({
    query: z.string(),
    stepSeconds: z.number(),
    series: z.array(
      z.object({
        labels,
        points: z.array(z.object({ at: z.string(), value: z.number().nullable() })),
      }),
    ),
    omitted: z.number().meta({ description: 'Series that were left out' }),
  })
  .meta({ id: 'MetricChart', description: 'Null values are gaps' });

const instant = z.iso.datetime({ offset: true, error: 'write an instant such as 2026-10-01T00:00:00Z' });

export const chartQuery = z.object({
  from: instant.optional().meta({ description: 'The start of the period unless given' }),
  to: instant.optional().meta({ description: 'The end of the period unless given' }),
  points: z.coerce.number().int().min(2).max(2000).default(480).meta({ description: 'At most, per series' }),
});
