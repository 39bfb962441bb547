import { z } from 'zod';
import { dayNumber, isTimeZone, lampColours } from '../../contract.ts';
import { durationSeconds } from '../../promql/durations.ts';

const filled = z.string().trim().min(1);
const words = z.union([filled, z.strictObject({ zh: filled, en: filled })]);
const id = filled.refine(
  (text) => /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/.test(text),
  'is no id: write small letters, digits, "-", "." and "_"',
);
/** Whole seconds once read: the judge and Prometheus look no more often than that. */
const durationFrom = (least: number) =>
  z.string().transform((text, { addIssue }) => {
    const seconds = durationSeconds(text);
    if (seconds !== null && seconds >= least && Number.isInteger(seconds)) return seconds;
    addIssue('is no duration: write for example 30s, 5m, 1h30m, 45d');
    return z.NEVER;
  });
const duration = durationFrom(0);
const someTime = durationFrom(1);
const date = z
  .string()
  .refine((text) => dayNumber(text) !== null, 'is no date: write for example 2026-10-01');
const band = z.tuple([z.number(), z.number()]);

const calendar = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'is no IANA zone: write for example Asia/Shanghai'),
  holidays: z.array(date).max(2000).default([]),
  workedInstead: z.array(date).max(2000).default([]),
});

const hours = z
  .string()
  .refine(
    (text) => /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text),
    'is no stretch of a day: write for example 08:30-12:00, or 22:00-06:00 over midnight',
  );

const grade = z.strictObject({
  colour: z.enum(lampColours),
  above: z.number().optional(),
  below: z.number().optional(),
  outside: band.optional(),
  inside: band.optional(),
  for: duration.optional(),
  hysteresis: z.number().min(0).optional(),
  role: words,
  plan: words,
  runbook: filled.optional(),
});

const threshold = z.strictObject({
  id,
  title: words,
  subject: filled.optional(),
  indicator: filled.optional(),
  metric: filled.optional(),
  promql: filled.optional(),
  unit: z.string().default(''),
  every: someTime.default(60),
  lookback: someTime.optional(),
  hysteresis: z.number().min(0).default(0),
  for: duration.default(0),
  grades: z.array(grade).min(1),
  calm: z.enum(lampColours).default('green'),
  noData: z.strictObject({ for: duration.default(0), colour: z.enum(lampColours), role: words }).optional(),
  schedule: z
    .strictObject({
      calendar: filled.optional(),
      timeZone: calendar.shape.timeZone.optional(),
      days: z.enum(['all', 'working', 'free']).default('all'),
      hours: z.array(hours).max(24).default([]),
    })
    .optional(),
});

/** The threshold file: which figures have which colours, who looks, and what is done. */
export const thresholdFileForm = z.strictObject({
  schema: z.literal('citygauge/thresholds@1'),
  calendars: z.record(filled.max(80), calendar).default({}),
  thresholds: z.array(threshold).min(1).max(5000),
});

export type ThresholdFileForm = z.output<typeof thresholdFileForm>;
export type ThresholdForm = ThresholdFileForm['thresholds'][number];
export type GradeForm = ThresholdForm['grades'][number];
