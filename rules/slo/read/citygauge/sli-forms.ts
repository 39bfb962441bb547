import { z } from 'zod';
import { durationSeconds } from '../../../promql/durations.ts';

const text = z.string().min(1);
/** Seconds once read, above 0. */
export const duration = z
  .string()
  .refine((text) => (durationSeconds(text) ?? 0) > 0, 'is no duration: write 300ms, 30s, 5m, 1h30m or 1d')
  .transform((text) => durationSeconds(text) ?? 0);

/** Every way to tell good from bad; an SLO has exactly one. */
export const sliForms = {
  events: z.strictObject({ errors: text.optional(), good: text.optional(), total: text }),
  ratio: text,
  counters: z.strictObject({
    bad: text.optional(),
    good: text.optional(),
    total: text,
    every: duration.optional(),
  }),
  batch: z.strictObject({ succeeded: text, all: text, every: duration.optional() }),
  latency: z.strictObject({ histogram: text, below: duration, every: duration.optional() }),
  online: z.strictObject({ metric: text, every: duration }),
  samples: z.strictObject({
    metric: text,
    above: z.number().nullable().optional(),
    below: z.number().nullable().optional(),
    every: duration,
  }),
  freshness: z.strictObject({
    metric: text.optional(),
    timestamp: text.optional(),
    within: duration,
    every: duration.optional(),
  }),
  threshold: z.strictObject({
    query: text,
    above: z.number().optional(),
    atLeast: z.number().optional(),
    below: z.number().optional(),
    atMost: z.number().optional(),
    every: duration.optional(),
  }),
  timeSlices: z.strictObject({
    errors: text.optional(),
    good: text.optional(),
    total: text.optional(),
    ratio: text.optional(),
    slice: duration,
    target: z.number().gt(0).max(100).optional(),
  }),
} as const;

export type SliKind = keyof typeof sliForms;
export const sliKinds = Object.keys(sliForms) as SliKind[];
export type SliForm = { readonly [Kind in SliKind]?: z.infer<(typeof sliForms)[Kind]> | undefined };
