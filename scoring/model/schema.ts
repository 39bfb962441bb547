import { z } from 'zod';
import { recordKinds, units } from '../contract.ts';
import { metricFields, metricsBase } from './measures/metric-schema.ts';

/** The shape of a model file; each description is printed in the published JSON schema. */

const sentence = z.string().regex(/\S/, 'may not be empty');
const text = z
  .strictObject({ zh: sentence.describe('Chinese'), en: sentence.describe('English') })
  .describe('A text in both languages; neither may be empty.');
const figure = z.number();
const expression = z
  .string()
  .describe('An expression of the formula language: at most 2,000 characters, 400 parts and 48 levels.');
const localId = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and "_", not beginning with a digit')
  .describe('What the formula of the parent calls this node; the full id is the parent’s, a dot, this.');
const plainId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens');

const condition = expression.describe(
  'A condition over the fields of one record: `has(closed) and closed <= due`.',
);
const recordsBase = {
  cohort: z.string().describe('The instant field that must lie in the period; the kind’s own when absent.'),
  where: condition.describe('Which records of the cohort count at all; `true` when absent.'),
  population: z
    .enum(['sound', 'withFaulty'])
    .describe('`withFaulty` keeps records with impossible times, to measure their share.'),
};

const measure = z
  .strictObject({
    entry: z.literal(true).describe('Entered by hand with evidence.').optional(),
    ...metricFields,
    records: z.enum(recordKinds).describe('The kind of records measured.').optional(),
    cohort: recordsBase.cohort.optional(),
    where: recordsBase.where.optional(),
    population: recordsBase.population.optional(),
    ratio: z
      .strictObject({ numerator: condition, denominator: condition.optional() })
      .describe('Records of the denominator (all when absent) that also meet the numerator.')
      .optional(),
    count: condition.describe('Records that meet the condition.').optional(),
    mean: z
      .strictObject({ of: expression, among: condition.optional() })
      .describe('Mean of a number over the records that meet `among` and have it.')
      .optional(),
    interval: condition
      .describe('Mean time between the records that meet the condition: hours of the period / their number.')
      .optional(),
    percentile: z
      .strictObject({ of: expression, among: condition.optional(), at: figure.gt(0).lt(1) })
      .describe('Percentile by linear interpolation; `at` between 0 and 1.')
      .optional(),
  })
  .describe(
    'How an indicator gets its value: `entry`, `records` with one of ratio, count, mean, percentile, interval, `metric` with `reduce`, `promql`, or `indicator`.',
  );

const scale = z
  .union([
    z.enum(['none', 'linear']),
    z.strictObject({
      band: z.strictObject({ low: figure, bestLow: figure, bestHigh: figure, high: figure }),
    }),
    z.strictObject({
      steps: z.array(z.strictObject({ from: figure, score: figure.min(0).max(100) })).min(1),
    }),
  ])
  .describe(
    'Score 0..100 from the value: `linear` runs from `worst` to `best`; `none` leaves it to the parent’s formula.',
  );

export const leafShape = {
  measure,
  unit: z.enum(units),
  direction: z.enum(['higher', 'lower', 'band']).describe('Which way is better.'),
  best: figure.describe('Where the indicator earns all of its points.'),
  worst: figure.nullable().describe('Where it earns none; null where the formula’s own floor decides.'),
  range: z
    .strictObject({ min: figure.nullable(), max: figure.nullable() })
    .describe('The values that may occur; anything outside is bad input.'),
  scale,
  tolerance: figure.min(0).max(1).describe('Relative difference up to which two sources are one figure.'),
  zeroBase: z.enum(['notApplicable', 'full', 'zero']).describe('What a denominator of 0 means.'),
  frequency: z.enum(['week', 'month', 'quarter', 'year']),
  owner: text.describe('Who owes the figure.'),
  intervention: text.describe('What to do when the figure is out of its range.'),
  referencePoints: z
    .array(z.strictObject({ value: figure, label: text, source: text }))
    .describe('Published figures to compare with; never norms.'),
} as const;

const partialLeaf = z.strictObject(leafShape).omit({ measure: true }).partial();

export const nodeShape = {
  id: localId,
  title: text,
  meaning: text,
  weight: figure
    .min(0)
    .max(1)
    .describe('Share of a parent that combines by a method; 0 shows a figure as context.'),
  combine: z
    .union([z.strictObject({ formula: expression }), z.strictObject({ method: z.literal('arithmetic') })])
    .describe('How an inner node makes one score of its children.'),
  like: z
    .string()
    .describe('Full id of another indicator; whatever this one does not say itself is taken from there.'),
  ...leafShape,
} as const;

const gradeWhen = z.union([
  expression.describe('A condition over the counts of module grades: `A >= 4 and D == 0`.'),
  z.strictObject({ interpretation: plainId, options: z.record(z.string(), expression) }),
  z.null(),
]);

export const headerShape = {
  schema: z.literal('citygauge/model@1'),
  id: plainId,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'write three numbers, "1.0.0"'),
  title: text,
  description: text,
  source: z.strictObject({
    document: text,
    section: text,
    weightsBy: z.enum(['document', 'citygauge']).describe('Whose numbers the weights and scales are.'),
    notes: z.array(text),
  }),
  coverageFloor: figure.min(0).max(1).describe('Below it a node prints its coverage and no grade.'),
  roundTo: z
    .int()
    .min(0)
    .max(10)
    .nullable()
    .describe('Decimals to round to at every level; null = unrounded.'),
  grades: z
    .array(z.strictObject({ grade: localId, from: figure.min(0).max(100), meaning: text }))
    .min(1)
    .describe('Best grade first; the last one starts at 0.'),
  interpretations: z.array(
    z.strictObject({
      id: plainId,
      question: text,
      default: plainId,
      options: z.array(z.strictObject({ id: plainId, title: text })).min(1),
    }),
  ),
  overall: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('score'), explanation: text }),
    z.strictObject({
      kind: z.literal('gradeCounts'),
      explanation: text,
      rules: z
        .array(z.strictObject({ id: plainId, grade: localId, when: gradeWhen, reason: text }))
        .min(1)
        .describe('First match wins.'),
    }),
  ]),
  defaults: z
    .strictObject({
      all: partialLeaf.describe('For every indicator.').optional(),
      units: z
        .partialRecord(z.enum(units), partialLeaf)
        .describe('For every indicator of the unit; wins over `all`.')
        .optional(),
      records: z
        .partialRecord(z.enum(recordKinds), z.strictObject(recordsBase).partial())
        .describe('For every measure over the kind of records.')
        .optional(),
      metrics: z.strictObject(metricsBase).partial().describe('For every measure of a metric.').optional(),
    })
    .describe('What indicators need not repeat.'),
  stages: z
    .array(
      z.strictObject({
        id: localId.describe('What the stage is called in files.'),
        title: text,
        meaning: text,
        from: figure.min(0).max(100).describe('The stage score from which the stage is reached.'),
        modules: z
          .record(
            z.string(),
            z.strictObject({
              weight: figure.gt(0).max(1).describe('Share of the stage score; those of a stage add up to 1.'),
              min: figure.min(0).max(100).describe('Module score below which the stage is not entered.'),
              max: figure.min(0).max(100).describe('What a module has above it does not count.'),
            }),
          )
          .describe('Module id -> its part in the stage; modules that are not named have none.'),
      }),
    )
    .min(1)
    .describe('Stages of operation, lowest first.'),
} as const;

export type HeaderFields = { [Key in keyof typeof headerShape]: z.infer<(typeof headerShape)[Key]> };
export type NodeFields = { [Key in keyof typeof nodeShape]: z.infer<(typeof nodeShape)[Key]> };
export type LeafFields = { [Key in keyof typeof leafShape]: z.infer<(typeof leafShape)[Key]> };
export type MeasureFields = z.infer<typeof measure>;

type NodeFile = { readonly [Key in keyof NodeFields]?: NodeFields[Key] | undefined } & {
  readonly children?: readonly NodeFile[] | undefined;
};

const nodeFile: z.ZodType<NodeFile> = z
  .strictObject({
    ...z.strictObject(nodeShape).partial().shape,
    id: nodeShape.id,
    title: text.optional(),
    get children() {
      return z.array(nodeFile).min(1).optional();
    },
  })
  .meta({ id: 'node', description: 'Any node of the tree: with children it combines, without it measures.' });

/** The floor of a model that names none. */
export const defaultCoverageFloor = 0.8;

/** Sample coverage of a measure for which the model names none: half of the samples, and a gap of one in twenty. */
export const defaultSampleCoverage = { minimum: 0.5, full: 0.95 } as const;

const optionalHeader = ['coverageFloor', 'roundTo', 'interpretations', 'defaults', 'stages'] as const;
export const requiredHeader = (Object.keys(headerShape) as (keyof HeaderFields)[]).filter(
  (key) => !optionalHeader.some((optional) => optional === key),
);

/** The whole file; the checker reads it field by field instead, so that one fault hides no other. */
export const modelFileSchema = z.strictObject({
  ...headerShape,
  coverageFloor: headerShape.coverageFloor.default(defaultCoverageFloor),
  roundTo: headerShape.roundTo.default(null),
  interpretations: headerShape.interpretations.default([]),
  defaults: headerShape.defaults.default({}),
  stages: headerShape.stages.optional(),
  modules: z.array(nodeFile).min(1).describe('Top nodes (L1 modules), in display order.'),
});

/** JSON schema (draft 2020-12) of model files, for editors and for the published reference. */
export function modelJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(modelFileSchema, { io: 'input' });
  return { ...schema, title: 'CityGauge model file' };
}
