import { z } from 'zod';
import {
  checkKinds,
  dataEngines,
  qualityDimensions,
  qualityProblems,
  severities,
} from '../../scoring/contract.ts';
import { slosSchema } from './slos-schema.ts';

const text = z.looseObject({ zh: z.string(), en: z.string() });
const instant = z.iso.datetime();
const count = z.int().min(0);
const share = z.number().min(0).max(1);

const result = z.looseObject({
  check: z.string(),
  title: text,
  kind: z.enum(checkKinds),
  columns: z.array(z.string()),
  problem: z.enum(qualityProblems).nullable(),
  dimension: z.enum(qualityDimensions),
  weight: z.number().min(0),
  state: z.enum(['measured', 'failed', 'notApplicable']),
  checked: count.nullable(),
  failed: count.nullable(),
  ratio: share.nullable(),
  threshold: z.string(),
  isMissed: z.boolean().nullable(),
  sql: z.array(z.string()),
  reason: text.nullable(),
  remedy: text.nullable(),
});

const run = z.looseObject({
  subject: z.string(),
  source: z.looseObject({
    id: z.string(),
    title: text,
    department: z.string().nullable(),
    engine: z.enum(dataEngines),
    location: z.string(),
    weight: z.number().min(0),
  }),
  startedAt: instant,
  rows: count.nullable(),
  scans: count,
  results: z.array(result).max(2000),
});

const bySeverity = z.record(z.enum(severities), z.number().min(0));
const baseline = z.looseObject({
  asset: z.string(),
  profile: z.string(),
  passed: count,
  failed: count,
  other: count,
  at: instant,
});

const security = z.looseObject({
  at: instant,
  figures: z.looseObject({
    open: bySeverity.nullable(),
    suppressed: bySeverity.nullable(),
    oldestAgeDays: bySeverity.nullable(),
    assets: z.looseObject({ all: count, unowned: count }).nullable(),
    baselines: z.array(baseline).max(20_000),
    logSources: z.looseObject({ expected: count, reporting: count }).nullable(),
    alarms: z.looseObject({ raised: count, confirmed: count, dismissed: count }).nullable(),
    scanners: z.array(z.looseObject({ scanner: z.string(), at: instant })).max(1000),
  }),
  findings: z
    .array(
      z.looseObject({
        rule: z.string(),
        title: z.string(),
        asset: z.string(),
        owner: z.string().nullable(),
        severity: z.enum(severities),
        cvss: z.number().nullable(),
        firstSeenAt: instant,
        reopened: count,
      }),
    )
    .max(100_000),
  omitted: count,
  suppressions: z
    .array(
      z.looseObject({
        rule: z.string(),
        asset: z.string().nullable(),
        reason: z.string(),
        by: z.string(),
        expiresAt: instant,
        findings: count,
      }),
    )
    .max(20_000),
});

/** The registers that a bundle may carry. */
export const registersSchema = z.looseObject({
  quality: z.array(run).max(2000),
  security: security.nullable(),
  slo: slosSchema.optional(),
});
