import { z } from 'zod';
import { exclusionKinds } from '../../rules/contract.ts';

const text = z.looseObject({ zh: z.string(), en: z.string() });
const instant = z.iso.datetime({ offset: true });
const amount = z.number().min(0);

const counts = z.looseObject({ bad: amount, total: amount });

const period = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('rolling'), days: z.int().min(1).max(3660) }),
  z.looseObject({
    kind: z.literal('calendar'),
    unit: z.enum(['month', 'quarter', 'year']),
    timeZone: z.string(),
  }),
]);

const definition = z.looseObject({
  id: z.string(),
  service: z.string(),
  name: z.string(),
  title: text,
  description: z.string(),
  objectivePercent: z.number().gt(0).lt(100),
  period,
  sli: z.looseObject({ kind: z.enum(['events', 'ratio', 'threshold', 'timeSlices']) }),
  minimumEvents: amount,
});

const figure = z.looseObject({
  slo: z.string(),
  subject: z.string(),
  span: z.looseObject({
    kind: z.enum(['day', 'month', 'quarter', 'year', 'rolling']),
    id: z.string(),
    from: instant,
    to: instant,
  }),
  asOf: instant,
  counts: counts.nullable(),
  state: z.enum(['measured', 'estimated', 'zeroBase', 'absent', 'failed']),
  reason: text.nullable(),
  excluded: z
    .array(z.looseObject({ exclusion: z.int(), bad: amount, total: amount, from: instant, to: instant }))
    .max(2000),
  recent: z.record(z.string(), z.number()),
  queries: z.array(z.string()).max(1000),
  specSha256: z.string().regex(/^[0-9a-f]{64}$/),
  revision: z.int().min(1),
  computedAt: instant,
});

const exclusion = z.looseObject({
  id: z.int(),
  slo: z.string(),
  subject: z.string(),
  kind: z.enum(exclusionKinds),
  from: instant,
  to: instant,
  reason: z.string(),
  by: z.string(),
  evidence: z.string(),
  recordedAt: instant,
  withdrawnAt: instant.nullable(),
  withdrawnBy: z.string().nullable(),
});

/** The standings of promises that a bundle may carry. */
export const slosSchema = z.looseObject({
  standings: z.array(z.looseObject({ definition, figure })).max(20_000),
  exclusions: z.array(exclusion).max(20_000),
});
