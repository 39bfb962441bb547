import { z } from 'zod';
import { authSettings, connectionTls, webAddress } from '../../connection.ts';
import { cronFault } from '../schedule/cadence.ts';
import { duration } from './duration.ts';

/** What telemetry does when its settings file does not say otherwise, each with its reason. */
export const telemetryDefaults = {
  /** Small enough for two cores, large enough that a few hanging targets do not hold the others up. */
  concurrency: 8,
  /** Raw samples for a monthly evaluation come from Prometheus or from buckets; 15 days is what Prometheus keeps by default. */
  retention: { rawDays: 15, fiveMinuteDays: 90, hourDays: 800 },
  /** An hour of about 10,000 samples a second. */
  queueMegabytes: 256,
} as const;

/** More often than ten times a second a job would do little but begin its runs. */
const shortestEverySeconds = 0.1;

const days = z.number().min(0).max(36_500);

const retention = z
  .strictObject({
    rawDays: days
      .default(telemetryDefaults.retention.rawDays)
      .describe('Days that samples are kept as they came.'),
    fiveMinuteDays: days
      .default(telemetryDefaults.retention.fiveMinuteDays)
      .describe('Days that five-minute buckets are kept; 0 makes none.'),
    hourDays: days
      .default(telemetryDefaults.retention.hourDays)
      .describe('Days that buckets of an hour are kept; 0 makes none.'),
  })
  .describe('How long readings stay in the store.');

const jobId = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/, 'write lower-case letters, digits and single hyphens')
  .max(80);

const remoteWrite = z
  .strictObject({
    name: jobId.describe('Unique; names the queue on disk.'),
    url: webAddress.describe('Address that takes Prometheus remote write 1.0.'),
    auth: authSettings.optional(),
    tls: connectionTls.optional(),
    queueMegabytes: z
      .number()
      .min(1)
      .max(1_000_000)
      .default(telemetryDefaults.queueMegabytes)
      .describe('Bound of the queue on disk; beyond it the oldest samples are dropped and counted.'),
  })
  .describe('A server that every reading is pushed to.');

const labelName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'is no label name: write letters, digits and underscores')
  .refine(
    (name) => name !== 'job' && name !== 'subject' && !name.startsWith('__'),
    'is set by CityGauge itself: choose another name',
  );

/** One job as it stands in the file; its `settings` are checked by its collector's own schema. */
const job = z
  .strictObject({
    id: jobId.describe('Unique; the label "job" of every reading.'),
    collector: z.string().min(1).describe('Id of a collector.'),
    subject: z.string().min(1).describe('Whose readings they are: the label "subject".'),
    every: duration
      .refine(
        (seconds) => seconds >= shortestEverySeconds,
        'is too short: a job runs every 100ms at the most often',
      )
      .optional()
      .describe('Distance between runs: 30s, 5m, 1h; the collector’s own when absent.'),
    cron: z
      .string()
      .superRefine((text, context) => {
        const fault = cronFault(text);
        if (fault === null) return;
        context.addIssue({ code: 'custom', message: `is no cron expression (${fault})` });
      })
      .optional()
      .describe('Five or six fields, read in the zone of the subject; instead of "every".'),
    timeout: duration.optional().describe('Of a whole run, further attempts included.'),
    retries: z.int().min(0).max(10).optional().describe('Attempts after the first that failed.'),
    labels: z.record(labelName, z.string()).default({}).describe('Added to every reading.'),
    settings: z
      .unknown()
      .optional()
      .describe('The collector’s own settings; see the reference of collectors.'),
  })
  .describe('One collector at work for one subject.');

/** The telemetry settings file. */
export const telemetrySchema = z
  .strictObject({
    schema: z.literal('citygauge/telemetry@1').describe('What kind of file this is.'),
    concurrency: z
      .int()
      .min(1)
      .max(256)
      .default(telemetryDefaults.concurrency)
      .describe('Runs at the same time, at most.'),
    retention: retention.default(telemetryDefaults.retention),
    remoteWrite: z.array(remoteWrite).default([]).describe('Servers that every reading is pushed to.'),
    jobs: z.array(job).default([]).describe('What is collected.'),
  })
  .describe('What is collected, how often, and where readings go.');

export type RemoteWriteSettings = z.output<typeof remoteWrite>;
export type JobSettings = z.output<typeof job>;

/** The published JSON schema of telemetry settings files. */
export function telemetryJsonSchema(): object {
  return z.toJSONSchema(telemetrySchema, { io: 'input' });
}
