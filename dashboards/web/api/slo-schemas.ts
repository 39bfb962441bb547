import * as z from 'zod';
import {
  alertSeverities,
  calendarUnits,
  exclusionKinds,
  lampColours,
  sloFormats,
} from '../../../rules/contract.ts';
import { verdicts } from '../pages/slo/standing.ts';
import { text } from './schemas.ts';

const counts = z.object({ bad: z.number(), total: z.number() });
const labels = z.record(z.string(), z.string());
export const spanKinds = ['day', 'month', 'quarter', 'year', 'rolling'] as const;

const period = z.union([
  z.object({ kind: z.literal('rolling'), days: z.number() }),
  z.object({ kind: z.literal('calendar'), unit: z.enum(calendarUnits), timeZone: z.string() }),
]);

export const figure = z
  .object({
    slo: z.string(),
    subject: z.string(),
    span: z.object({ kind: z.enum(spanKinds), id: z.string(), from: z.string(), to: z.string() }),
    asOf: z.string(),
    counts: counts.nullable().meta({ description: 'Null with a reason in `state`' }),
    state: z.enum(['measured', 'estimated', 'zeroBase', 'absent', 'failed']),
    reason: text.nullable(),
    excluded: z.array(counts.extend({ exclusion: z.number(), from: z.string(), to: z.string() })),
    recent: z.record(z.string(), z.number()).meta({ description: 'Bad ratio by window before `asOf`' }),
    queries: z.array(z.string()),
    specSha256: z.string(),
    revision: z.number().meta({ description: 'One more whenever late data changed an ended span' }),
    computedAt: z.string(),
  })
  .meta({ id: 'SloFigure' });

const side = z.object({
  attainmentRatio: z.number().nullable(),
  leftRatio: z.number().nullable().meta({ description: '1 = all of it, below 0 = overdrawn' }),
  isMet: z.boolean().nullable(),
});

const budget = z
  .object({
    raw: side,
    adjusted: side.meta({ description: 'Without what is excluded' }),
    outlook: z.object({
      burnNow: z.number().nullable().meta({ description: 'Multiples of an even burn, last hour' }),
      exhaustedInSeconds: z.number().nullable(),
      leftAtEndRatio: z.number().nullable(),
    }),
    isLowTraffic: z.boolean(),
  })
  .meta({ id: 'SloBudget' });

export const slo = z
  .object({
    id: z.string(),
    service: z.string(),
    name: z.string(),
    title: text,
    description: z.string(),
    subject: z.string(),
    objectivePercent: z.number(),
    period,
    minimumEvents: z.number(),
    source: z
      .object({ file: z.string(), format: z.enum(sloFormats), line: z.number(), sha256: z.string() })
      .nullable()
      .meta({ description: 'Null = no longer defined' }),
    verdict: z.enum(verdicts),
    figure: figure.nullable().meta({ description: 'Null = never counted' }),
    budget: budget.nullable(),
  })
  .meta({ id: 'Slo' });

export const exclusion = z
  .object({
    id: z.number(),
    slo: z.string(),
    subject: z.string(),
    kind: z.enum(exclusionKinds),
    from: z.string(),
    to: z.string(),
    reason: z.string(),
    by: z.string(),
    evidence: z.string(),
    recordedAt: z.string(),
    withdrawnAt: z.string().nullable(),
    withdrawnBy: z.string().nullable(),
  })
  .meta({ id: 'SloExclusion' });

export const sloDetail = slo
  .extend({
    burnWindows: z.array(z.object({ seconds: z.number(), badRatio: z.number().nullable() })),
    alerts: z.object({
      alerts: z
        .array(z.object({ severity: z.enum(alertSeverities), from: z.string(), to: z.string().nullable() }))
        .nullable()
        .meta({ description: 'Null = nobody can tell' }),
      reason: text.nullable(),
    }),
    exclusions: z.array(exclusion),
  })
  .meta({ id: 'SloDetail' });

const colour = z.enum(lampColours);
const condition = z.union([
  z.object({ kind: z.enum(['above', 'below']), bound: z.number() }),
  z.object({ kind: z.enum(['outside', 'inside']), low: z.number(), high: z.number() }),
]);

export const threshold = z
  .object({
    id: z.string(),
    title: text,
    subject: z.string().nullable().meta({ description: 'Null = every subject' }),
    target: z.looseObject({ kind: z.enum(['indicator', 'metric', 'promql']) }),
    unit: z.string(),
    everySeconds: z.number(),
    lookbackSeconds: z.number(),
    grades: z.array(
      z.object({
        colour,
        when: condition,
        forSeconds: z.number(),
        hysteresis: z.number(),
        role: text,
        plan: text,
        runbook: z.string().nullable(),
      }),
    ),
    calm: colour,
    noData: z.object({ forSeconds: z.number(), colour, role: text }).nullable(),
    schedule: z
      .object({
        timeZone: z.string(),
        days: z.enum(['all', 'working', 'free']),
        hours: z.array(z.object({ fromMinute: z.number(), toMinute: z.number() })),
        holidays: z.array(z.string()),
        workedInstead: z.array(z.string()),
      })
      .nullable(),
    source: z.object({ file: z.string(), line: z.number() }),
  })
  .meta({ id: 'Threshold' });

export const thresholdState = z
  .object({
    threshold: z.string(),
    subject: z.string().nullable(),
    labels,
    lamp: z.enum([...lampColours, 'noData', 'off']),
    since: z.string(),
    value: z.number().nullable(),
    at: z.string(),
    pending: z.object({ colour, since: z.string() }).nullable(),
    reason: text.nullable(),
  })
  .meta({ id: 'ThresholdState' });

const rule = z.union([
  z.object({ record: z.string(), expr: z.string(), labels: labels.optional() }),
  z.object({
    alert: z.string(),
    expr: z.string(),
    for: z.string().optional(),
    keep_firing_for: z.string().optional(),
    labels: labels.optional(),
    annotations: labels.optional(),
  }),
]);

export const installedRules = z
  .object({
    file: z.string(),
    origin: z.object({ kind: z.enum(['slo', 'threshold', 'suite']), id: z.string() }),
    groups: z.array(z.object({ name: z.string(), interval: z.string().optional(), rules: z.array(rule) })),
  })
  .meta({ id: 'RuleFile' });
