import { z } from 'zod';
import { duration } from '../../runner/settings/duration.ts';

/** http.server.request.duration of OpenTelemetry's semantic conventions: the boundaries it advises, seconds. */
export const advisedBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** For exponential histograms that are not in seconds: three steps to a power of ten, wide enough for bytes. */
export const decadeBuckets = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((power) =>
  [1, 2.5, 5].map((step) => step * 10 ** power),
);

const buckets = z
  .array(z.number().positive())
  .min(1)
  .max(60)
  .refine(
    (bounds) => bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] ?? 0)),
    'must grow from one boundary to the next',
  );

const labelName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'is no label: write lower-case letters, digits and _');

export const otlpSettings = z.strictObject({
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'Address to listen on; applications on other machines need one that they can reach, such as 0.0.0.0.',
    ),
  port: z.int().min(0).max(65_535).default(4318).describe('Port to listen on; 0 takes any that is free.'),
  maxMegabytes: z
    .number()
    .positive()
    .max(256)
    .default(16)
    .describe('Largest request taken, before and after decompression.'),
  resourceLabels: z
    .record(labelName, z.string().min(1))
    .default({})
    .describe(
      'Further resource attributes that become labels: label -> attribute, e.g. layer: deployment.layer.',
    ),
  buckets: buckets
    .default(advisedBuckets)
    .describe('Upper boundaries, seconds, of the histogram of request durations.'),
  maxServices: z.int().min(1).max(100_000).default(500).describe('Services kept; those beyond are dropped.'),
  maxRoutesPerService: z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .describe('Routes kept per service; requests of further ones count under the route "other".'),
  maxSeriesPerService: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('Series kept per service; samples of further ones are dropped and counted.'),
  maxWaitingSamples: z
    .int()
    .min(1000)
    .max(10_000_000)
    .default(500_000)
    .describe('Samples kept from one run to the next; beyond it applications are asked to try again later.'),
  oldest: duration
    .prefault('1h')
    .describe('Points and spans older than this when they arrive are dropped and counted.'),
  forgetAfter: duration
    .prefault('1h')
    .describe('A series of which nothing came for so long is no longer reported.'),
});

export type OtlpSettings = z.output<typeof otlpSettings>;
