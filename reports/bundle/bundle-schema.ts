import { z } from 'zod';
import { InputError, languages, observationStates, provenances, units } from '../../scoring/contract.ts';
import type { ReportBundle } from '../contract.ts';
import { registersSchema } from './registers-schema.ts';

const text = z.looseObject({ zh: z.string(), en: z.string() });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const figure = z.number().nullable();
const instant = z.iso.datetime();

const observation = z.looseObject({
  indicator: z.string(),
  subject: z.string(),
  period: z.string(),
  state: z.enum(observationStates),
  value: figure,
  numerator: figure,
  denominator: figure,
  unit: z.string(),
  provenance: z.enum(provenances).nullable(),
  coverage: z.number().optional(),
  reason: text.nullable(),
  source: z
    .looseObject({
      kind: z.enum(['records', 'entry', 'file', 'metric']),
      query: z.string().nullable(),
      files: z.array(z.looseObject({ name: z.string(), sha256: z.string(), rows: z.number() })),
      rows: figure,
      asOf: instant,
      samples: z.looseObject({ present: z.number(), expected: z.number(), series: z.number() }).optional(),
      submittedBy: z.string().optional(),
      verifiedBy: z.string().optional(),
      evidence: z.string().optional(),
    })
    .nullable(),
});

const comparison = z.looseObject({
  indicator: z.string(),
  subject: z.string(),
  period: z.string(),
  tolerance: z.number(),
  relativeDifference: z.number(),
  candidates: z.array(observation),
  reason: text,
});

const resolution = z.looseObject({
  indicator: z.string(),
  subject: z.string(),
  period: z.string(),
  dispute: sha256,
  value: z.number(),
  provenance: z.enum(provenances),
  decidedBy: z.string(),
  reason: z.string(),
  decidedAt: instant,
});

const stageModule = z.looseObject({
  module: z.string(),
  weight: z.number(),
  min: z.number(),
  max: z.number(),
  low: figure,
  high: figure,
  points: z.number(),
  hasEntered: z.boolean(),
});

const stage = z.looseObject({
  stage: z.string().nullable(),
  title: text.nullable(),
  isDetermined: z.boolean(),
  stages: z
    .array(
      z.looseObject({
        id: z.string(),
        title: text,
        isReached: z.boolean(),
        scoreLow: z.number(),
        scoreHigh: z.number(),
        from: z.number(),
        modules: z.array(stageModule).max(200),
      }),
    )
    .max(50),
  heldBackBy: z.array(z.looseObject({ module: z.string().nullable(), gap: z.number(), reason: text })),
  reason: text,
});

const node = z.looseObject({
  id: z.string(),
  parent: z.string().nullable(),
  level: z.number(),
  title: text,
  state: z.enum([...observationStates, 'scored', 'partial', 'unscored']),
  value: figure,
  unit: z.enum(units),
  score: figure,
  scoreLow: figure,
  scoreHigh: figure,
  points: figure,
  pointsPossible: z.number(),
  coverage: z.number(),
  provenance: z.enum(provenances).nullable(),
  grade: z.string().nullable(),
  reason: text,
  calculation: z.string().nullable(),
});

const evaluation = z.looseObject({
  schema: z.literal('citygauge/evaluation@1'),
  model: z.looseObject({ id: z.string(), version: z.string(), sha256, title: text }),
  subject: z.looseObject({
    id: z.string(),
    name: text,
    kind: z.string(),
    parent: z.string().nullable(),
    timeZone: z.string(),
    isSample: z.boolean(),
  }),
  period: z.looseObject({ id: z.string(), start: instant, end: instant, timeZone: z.string() }),
  asOf: instant,
  engine: z.string(),
  interpretations: z.array(
    z.looseObject({
      id: z.string(),
      question: text,
      option: z.string(),
      title: text,
      isDefault: z.boolean(),
    }),
  ),
  overall: z.looseObject({
    grade: z.string().nullable(),
    rule: z.string().nullable(),
    score: figure,
    scoreLow: figure,
    scoreHigh: figure,
    coverage: z.number(),
    reason: text,
  }),
  nodes: z.array(node).min(1).max(20_000),
  observations: z.array(observation).max(20_000),
  conflicts: z.array(comparison),
  reconciliations: z.array(comparison),
  resolutions: z.array(z.looseObject({ comparison, resolution })).optional(),
  lapsedResolutions: z.array(resolution).optional(),
  stage: stage.optional(),
  deviations: z.array(text),
  sha256,
});

const bundle = z.looseObject({
  schema: z.literal('citygauge/bundle@1'),
  number: z.string(),
  language: z.enum(languages),
  evaluation,
  history: z.array(evaluation).max(400),
  registers: registersSchema.optional(),
  models: z.array(z.looseObject({ sha256, yaml: z.string().max(2_000_000) })).max(400),
});

/** Bounds of a bundle: far above a real one (about 1 MB), far below what would hurt. */
export const bundleBounds = { bytes: 64 * 1024 * 1024, depth: 64 } as const;

/** Reads a bundle; keys it does not know are kept, so that the comparison can name them. InputError names what is wrong. */
export function parseBundle(bytes: Uint8Array, name: string): ReportBundle {
  const data = parseJson(bytes, name);
  const schema = schemaOf(data);
  if (schema !== 'citygauge/bundle@1') {
    throw new InputError(
      `${name} has schema ${JSON.stringify(schema)}, not "citygauge/bundle@1": verify it with the version of CityGauge that made it`,
    );
  }
  const parsed = bundle.safeParse(data);
  if (parsed.success) return data as ReportBundle;
  throw new InputError(
    parsed.error.issues.slice(0, 10).map((issue) => `${name}: ${issue.path.join('.')}: ${issue.message}`),
  );
}

export function parseJson(bytes: Uint8Array, name: string): unknown {
  if (bytes.length > bundleBounds.bytes) {
    throw new InputError(
      `${name} has ${bytes.length} bytes, more than the ${bundleBounds.bytes} a bundle may have`,
    );
  }
  const source = new TextDecoder().decode(bytes);
  if (depthOf(source) > bundleBounds.depth) {
    throw new InputError(`${name} is nested deeper than the ${bundleBounds.depth} levels a bundle may have`);
  }
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw new InputError(`${name} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

export function schemaOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'schema' in data ? data.schema : null;
}

/** Deepest nesting of braces and brackets outside strings. */
function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (isInString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}
