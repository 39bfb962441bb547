import { z } from 'zod';
import { shorthandPattern } from '../shorthand.ts';

const text = z.string().min(1);
const shorthand = z
  .string()
  .refine((text) => shorthandPattern.test(text), 'is no duration: write 5m, 12h, 28d, 4w, 1M, 1Q or 1Y');
/** Of the specification. */
const description = z.string().max(1050).optional();

const labelsForm = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
export type OpenSloLabels = z.infer<typeof labelsForm>;

const metadataForm = z.strictObject({
  name: text,
  displayName: z.string().optional(),
  labels: labelsForm.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Metadata = z.infer<typeof metadataForm>;

const metricForm = z.strictObject({
  metricSource: z.strictObject({
    metricSourceRef: text.optional(),
    type: text.optional(),
    spec: z.looseObject({ query: text.optional(), promql: text.optional() }),
  }),
});
export type MetricForm = z.infer<typeof metricForm>;

const sliSpecForm = z.strictObject({
  description,
  thresholdMetric: metricForm.optional(),
  ratioMetric: z
    .strictObject({
      counter: z.boolean().optional(),
      good: metricForm.optional(),
      bad: metricForm.optional(),
      total: metricForm.optional(),
      rawType: z.enum(['success', 'failure']).optional(),
      raw: metricForm.optional(),
    })
    .optional(),
});
export type SliSpec = z.infer<typeof sliSpecForm>;

const conditionSpecForm = z.strictObject({
  severity: text,
  description,
  condition: z.strictObject({
    kind: z.literal('burnrate').optional(),
    op: z.enum(['gt', 'gte']).optional(),
    threshold: z.number().positive(),
    lookbackWindow: shorthand,
    alertAfter: z
      .string()
      .refine((text) => /^\d{1,6}[mhdwMQY]$/.test(text), 'is no duration: write 0m, 5m or 1h')
      .optional(),
  }),
});
export type ConditionSpec = z.infer<typeof conditionSpecForm>;

const targetSpecForm = z.strictObject({ target: text, description });

const inline = <T extends z.ZodType>(kind: string, spec: T) =>
  z.strictObject({ kind: z.literal(kind).optional(), metadata: metadataForm, spec });

const policySpecForm = z.strictObject({
  description,
  alertWhenNoData: z.boolean().optional(),
  alertWhenBreaching: z.boolean().optional(),
  alertWhenResolved: z.boolean().optional(),
  conditions: z
    .array(z.union([z.strictObject({ conditionRef: text }), inline('AlertCondition', conditionSpecForm)]))
    .min(1)
    .max(1),
  notificationTargets: z
    .array(z.union([z.strictObject({ targetRef: text }), inline('AlertNotificationTarget', targetSpecForm)]))
    .optional(),
});
export type PolicySpec = z.infer<typeof policySpecForm>;

const indicatorForm = z.strictObject({ metadata: metadataForm.optional(), spec: sliSpecForm });

const sloSpecForm = z.strictObject({
  description,
  service: text,
  indicator: indicatorForm.optional(),
  indicatorRef: text.optional(),
  budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
  timeWindow: z
    .array(
      z.strictObject({
        duration: shorthand,
        isRolling: z.boolean().optional(),
        calendar: z.strictObject({ startTime: text, timeZone: text }).optional(),
      }),
    )
    .min(1)
    .max(1)
    .optional(),
  objectives: z
    .array(
      z.strictObject({
        displayName: z.string().optional(),
        op: z.enum(['lte', 'gte', 'lt', 'gt']).optional(),
        value: z.number().optional(),
        target: z.number().optional(),
        targetPercent: z.number().optional(),
        timeSliceTarget: z.number().optional(),
        timeSliceWindow: z.union([z.number().positive(), shorthand]).optional(),
        indicator: z.unknown().optional(),
        indicatorRef: z.unknown().optional(),
        compositeWeight: z.unknown().optional(),
      }),
    )
    .min(1),
  /** OpenSLO's own examples leave it empty. */
  alertPolicies: z
    .array(z.union([text, z.strictObject({ alertPolicyRef: text }), inline('AlertPolicy', policySpecForm)]))
    .nullish(),
});
export type SloSpec = z.infer<typeof sloSpecForm>;

const object = <T extends z.ZodType>(kind: string, spec: T) =>
  z.strictObject({
    apiVersion: z.literal('openslo/v1'),
    kind: z.literal(kind),
    metadata: metadataForm,
    spec,
  });

/** Kinds of OpenSLO v1, each in the form of a document of its own. */
export const objectForms = {
  SLO: object('SLO', sloSpecForm),
  SLI: object('SLI', sliSpecForm),
  Service: object('Service', z.strictObject({ description }).optional()),
  AlertPolicy: object('AlertPolicy', policySpecForm),
  AlertCondition: object('AlertCondition', conditionSpecForm),
  AlertNotificationTarget: object('AlertNotificationTarget', targetSpecForm),
  DataSource: object(
    'DataSource',
    z.strictObject({ description, type: text, connectionDetails: z.unknown().optional() }),
  ),
};
export type Kind = keyof typeof objectForms;
export const kinds = Object.keys(objectForms) as Kind[];
