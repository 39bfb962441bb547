import * as z from 'zod';
import {
  checkKinds,
  dataEngines,
  qualityDimensions,
  qualityProblems,
  severities,
} from '../../../collectors/contract.ts';
import { findingStates } from '../../../store/contract.ts';
import { text } from './schemas.ts';

const severity = z.enum(severities);
const counts = z.record(severity, z.number());

const checkResult = z
  .object({
    check: z.string(),
    title: text,
    kind: z.enum(checkKinds),
    columns: z.array(z.string()),
    problem: z.enum(qualityProblems).nullable(),
    dimension: z.enum(qualityDimensions),
    weight: z.number(),
    state: z.enum(['measured', 'failed', 'notApplicable']),
    checked: z.number().nullable(),
    failed: z.number().nullable(),
    ratio: z.number().nullable().meta({ description: 'Share that failed, 0..1; null when not measured' }),
    figure: z.object({ name: z.string(), value: z.number(), unit: z.string() }).nullable(),
    threshold: z.string(),
    isMissed: z.boolean().nullable(),
    sql: z.array(z.string()),
    sample: z
      .object({
        columns: z.array(z.object({ name: z.string(), isMasked: z.boolean() })),
        rows: z.array(z.array(z.string().nullable())),
      })
      .nullable()
      .meta({ description: 'Offending rows; personal values are masked before they are stored' }),
    reason: text.nullable(),
    remedy: text.nullable(),
  })
  .meta({ id: 'CheckResult' });

/** What later runs compare with is of no use to a reader of results. */
export const qualityRun = z
  .object({
    subject: z.string(),
    source: z.object({
      id: z.string(),
      title: text,
      department: z.string().nullable(),
      engine: z.enum(dataEngines),
      location: z.string(),
      weight: z.number(),
    }),
    checksSha256: z.string(),
    startedAt: z.string().meta({ description: 'The as-of time of every result' }),
    durationSeconds: z.number(),
    rows: z.number().nullable(),
    scans: z.number(),
    results: z.array(checkResult),
    score: z.number().nullable().meta({ description: '0..100; null below the coverage floor' }),
    scoreLow: z
      .number()
      .nullable()
      .meta({ description: 'With everything that could not be computed failed' }),
    scoreHigh: z
      .number()
      .nullable()
      .meta({ description: 'With everything that could not be computed passed' }),
    coverage: z.number(),
  })
  .meta({ id: 'QualityRun' });

export const finding = z
  .object({
    id: z.number(),
    subject: z.string(),
    rule: z.string(),
    asset: z.string(),
    title: z.string(),
    severity,
    cvss: z.number().nullable(),
    places: z.array(z.string()),
    url: z.string().nullable(),
    owner: z.string().nullable(),
    scanners: z.array(z.string()),
    state: z.enum(findingStates),
    firstSeenAt: z.string(),
    lastSeenAt: z.string(),
    fixedAt: z.string().nullable(),
    reopened: z.number(),
    ageDays: z.number(),
  })
  .meta({ id: 'Finding' });

export const suppression = z
  .object({
    id: z.number(),
    subject: z.string(),
    rule: z.string(),
    asset: z.string().nullable().meta({ description: 'Null = every asset of the subject' }),
    reason: z.string(),
    by: z.string(),
    at: z.string(),
    expiresAt: z.string(),
    ended: z.object({ by: z.string(), at: z.string() }).nullable(),
    findings: z.number().meta({ description: 'Findings that it hides now' }),
  })
  .meta({ id: 'Suppression' });

export const findingHistory = z
  .object({
    finding,
    changes: z.array(
      z.object({ at: z.string(), change: z.enum(['opened', 'fixed', 'reopened']), scanner: z.string() }),
    ),
    suppressions: z.array(suppression),
  })
  .meta({ id: 'FindingHistory' });

const baseline = z.object({
  asset: z.string(),
  profile: z.string(),
  passed: z.number(),
  failed: z.number(),
  other: z.number(),
  at: z.string(),
});

export const asset = z
  .object({
    id: z.string(),
    subject: z.string(),
    name: z.string(),
    kind: z.string(),
    owner: z.string().nullable(),
    aliases: z.array(z.string()),
    sendsLogs: z.boolean(),
    isListed: z.boolean().meta({ description: 'False when only scanners know it' }),
    firstSeenAt: z.string(),
    lastScanAt: z.string().nullable(),
    lastLogAt: z.string().nullable(),
    open: counts,
    baseline: baseline.nullable(),
  })
  .meta({ id: 'Asset' });

const judgement = z.object({
  verdict: z.enum(['confirmed', 'dismissed']),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});

export const alarm = z
  .object({
    id: z.number(),
    subject: z.string(),
    scanner: z.string(),
    signature: z.string(),
    title: z.string(),
    asset: z.string(),
    severity,
    firstAt: z.string(),
    lastAt: z.string(),
    count: z.number(),
    judgement: judgement.nullable().meta({ description: 'Null = nobody has judged it yet' }),
  })
  .meta({ id: 'Alarm' });
