import * as z from 'zod';
import { reportFormats } from '../../../reports/contract.ts';
import {
  importKinds,
  languages,
  observationStates,
  provenances,
  subjectIdPattern,
  subjectKinds,
  units,
} from '../../../scoring/contract.ts';

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{8,64}$/, 'write 8 to 64 hexadecimal digits')
  .meta({ description: 'SHA-256 in lower-case hex, whole or a prefix of at least 8 digits' });
export const modelId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'write lower-case letters, digits and -');
export const subjectId = z
  .string()
  .max(200)
  .regex(subjectIdPattern, 'write lower-case letters, digits, - and /');
export const periodId = z
  .string()
  .regex(/^\d{4}(?:-(?:W\d{2}|Q[1-4]|(?:0[1-9]|1[0-2])))?$/, 'write 2026-W37, 2026-09, 2026-Q3 or 2026');
export const indicatorId = z
  .string()
  .regex(/^[A-Za-z][\w.]{0,127}$/, 'write an id of the model, such as S1.T1');

export const text = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Text' });

/** Query of a list that may be long. */
export const page = {
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
};
/** Answer to it: one page, and how many there are in all. */
export const listed = <Item extends z.ZodType>(item: Item) =>
  z.object({ total: z.number(), items: z.array(item) });

export const subject = z
  .object({
    id: z.string(),
    name: text,
    kind: z.enum(subjectKinds),
    parent: z.string().nullable(),
    timeZone: z.string(),
    isSample: z.boolean(),
  })
  .meta({ id: 'Subject' });

export const modelSummary = z
  .object({ id: z.string(), version: z.string(), title: text, description: text, sha256: z.string() })
  .meta({ id: 'ModelSummary' });

export const model = modelSummary
  .extend({ yaml: z.string().meta({ description: 'The model file itself' }) })
  .meta({ id: 'Model' });

export const evaluationSummary = z
  .object({
    sha256: z.string(),
    model: z.string(),
    modelVersion: z.string(),
    subject: z.string(),
    period: z.string(),
    asOf: z.string(),
    grade: z.string().nullable().meta({ description: 'Null = ungraded' }),
    coverage: z.number(),
    createdAt: z.string(),
  })
  .meta({ id: 'EvaluationSummary' });

/** The top of the evaluation; its own published schema describes the rest. */
export const evaluation = z
  .looseObject({
    schema: z.string(),
    model: z.looseObject({ id: z.string(), version: z.string(), sha256: z.string() }),
    subject: z.looseObject({ id: z.string() }),
    period: z.looseObject({ id: z.string(), start: z.string(), end: z.string(), timeZone: z.string() }),
    asOf: z.string(),
    engine: z.string(),
    overall: z.looseObject({ grade: z.string().nullable(), coverage: z.number(), reason: text }),
    nodes: z.array(z.looseObject({ id: z.string() })),
    observations: z.array(z.looseObject({ indicator: z.string() })),
    sha256: z.string(),
  })
  .meta({ id: 'Evaluation', description: 'Described in full by evaluation.schema.json' });

export const observation = z
  .object({
    indicator: z.string(),
    subject: z.string(),
    period: z.string(),
    state: z.enum(observationStates),
    value: z.number().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    unit: z.enum(units),
    provenance: z.enum(provenances).nullable(),
    coverage: z
      .number()
      .optional()
      .meta({ description: 'Share of the period that the samples cover; absent = whole' }),
    reason: text.nullable(),
    source: z.looseObject({ kind: z.string(), asOf: z.string() }).nullable(),
  })
  .meta({ id: 'Observation' });

const drillPart = z.object({
  slice: z.string().nullable(),
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number(),
});

export const drill = z
  .object({
    indicator: z.string(),
    subject: z.string(),
    period: z.string(),
    asOf: z.string(),
    by: z.string(),
    reduction: z.enum(['ratio', 'count', 'mean', 'percentile', 'interval']),
    whole: drillPart,
    parts: z.array(drillPart),
  })
  .meta({ id: 'Drill' });

export const evidenceRow = z
  .looseObject({
    record: z.looseObject({ id: z.string(), subject: z.string(), line: z.number() }),
    fileName: z.string(),
    isInNumerator: z.boolean().nullable(),
    isInDenominator: z.boolean(),
  })
  .meta({ id: 'EvidenceRow' });

const counts = {
  read: z.number(),
  new: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  faulty: z.number(),
  rejected: z.number(),
};

export const importSummary = z
  .object({
    id: z.number(),
    kind: z.enum(importKinds),
    subject: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    importedAt: z.string(),
    ...counts,
  })
  .meta({ id: 'ImportSummary' });

export const importOutcome = z
  .object({
    kind: z.enum(importKinds),
    subject: z.string(),
    isDryRun: z.boolean(),
    ...counts,
    newSubjects: z.number(),
    rejects: z.array(z.object({ line: z.number(), id: z.string().nullable(), reason: z.string(), text })),
    preview: z.array(z.record(z.string(), z.string())),
  })
  .meta({ id: 'ImportOutcome' });

export const reportSummary = z
  .object({
    number: z.string(),
    evaluation: z.string(),
    subject: z.string(),
    model: z.string(),
    period: z.string(),
    format: z.string(),
    language: z.string(),
    sha256: z.string(),
    size: z.number(),
    createdAt: z.string(),
  })
  .meta({ id: 'ReportSummary' });

export const verification = z
  .object({
    isVerified: z.boolean(),
    number: z.string().nullable(),
    evaluation: z
      .object({ sha256: z.string(), model: z.string(), subject: z.string(), period: z.string() })
      .nullable(),
    compared: z.object({
      evaluations: z.number(),
      values: z.number(),
      pages: z.number(),
      printedNumbers: z.number(),
    }),
    differences: z.array(z.object({ where: z.string(), printed: z.string(), recomputed: z.string() })),
  })
  .meta({ id: 'Verification' });

export const evaluateRequest = z
  .strictObject({
    model: modelId,
    subject: subjectId,
    period: periodId,
    asOf: z.string().max(40).optional(),
    interpretations: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: 'EvaluateRequest' });

export const reportRequest = z
  .strictObject({ evaluation: sha256, format: z.enum(reportFormats), language: z.enum(languages) })
  .meta({ id: 'ReportRequest' });

/** The fields come before the file. */
export const importForm = z
  .strictObject({
    kind: z.enum(importKinds),
    subject: subjectId,
    mapping: z.string().max(100).optional().meta({ description: 'Name of a shipped mapping' }),
    yaml: z.string().max(256_000).optional().meta({ description: 'A mapping of your own' }),
    dryRun: z.enum(['true', 'false']).default('true').meta({ description: '`false` writes' }),
  })
  .meta({ id: 'ImportForm' });

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    errors: z.array(z.string()).optional().meta({ description: 'One sentence per fault' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
