import { z } from 'zod';
import { duration } from '../../runner/settings/duration.ts';
import { builtInFormats, type DeclaredKind, valueTypes } from './check-spec.ts';
import { columnName, columnNames, commonFields, oneOrMoreColumns, sourceId } from './common-fields.ts';
import { checkDefaults } from './defaults.ts';

const count = z.int().min(0);
const bound = z.union([z.number(), z.string().min(1)]);
const isBounded = ({ min, max }: { min?: unknown; max?: unknown }) => min !== undefined || max !== undefined;
const isOrdered = ({ min, max }: { min?: unknown; max?: unknown }) =>
  typeof min !== 'number' || typeof max !== 'number' || min <= max;
const needsBound = 'has no bound: give min, max or both';
const needsOrder = 'has a min above its max';

const form = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...shape, ...commonFields });

const degrees = (limit: number) => z.number().min(-limit).max(limit);

const baseline = z
  .record(z.string(), z.number().min(0))
  .refine((shares) => Object.values(shares).some((share) => share > 0), 'has no share above 0')
  .describe('Value to its share or count; instead of an earlier run.');

/** The form of each kind; the key that names the kind comes first. */
export const checkForms = {
  completeness: form({
    completeness: oneOrMoreColumns.describe('A row fails where any of these is missing.'),
  }),
  uniqueness: form({ uniqueness: oneOrMoreColumns.describe('No two rows may be equal in all of these.') }),
  validity: form({
    validity: columnName,
    type: z.enum(valueTypes).optional().describe('What the value has to be.'),
    range: z
      .strictObject({ min: bound.optional(), max: bound.optional() })
      .refine(isBounded, needsBound)
      .refine(isOrdered, needsOrder)
      .optional()
      .describe('Smallest and largest good value: numbers, or ISO times for the types instant and date.'),
    length: z
      .strictObject({ min: count.optional(), max: count.optional() })
      .refine(isBounded, needsBound)
      .refine(isOrdered, needsOrder)
      .optional()
      .describe('Number of characters.'),
    pattern: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('Regular expression that the whole value matches.'),
    codes: z.array(z.string()).min(1).max(5000).optional().describe('The values that are good.'),
  }),
  format: form({
    format: oneOrMoreColumns.describe('The column; of coordinates two: longitude, latitude.'),
    as: z.enum(builtInFormats).describe('Built-in format, its check digit included.'),
    bounds: z
      .strictObject({ west: degrees(180), south: degrees(90), east: degrees(180), north: degrees(90) })
      .refine(({ west, east, south, north }) => west < east && south < north, 'has its borders reversed')
      .optional()
      .describe('Degrees within which coordinates lie.'),
  }),
  columns: form({
    columns: z.string().min(3).describe('Two columns compared by < <= = != >= or >: closed >= opened.'),
    as: z
      .enum(['number', 'instant', 'text'])
      .optional()
      .describe('How both are read; by what each row holds when absent.'),
  }),
  reference: form({
    reference: z.strictObject({
      columns: columnNames.describe('Columns of this source.'),
      source: sourceId.describe('Source of this file that is referred to.'),
      to: columnNames.describe('Its columns, in the same order.'),
    }),
  }),
  agreement: form({
    agreement: z.strictObject({
      key: columnNames.describe('Columns that name the same thing in both sources.'),
      columns: columnNames.describe('Columns whose values have to agree.'),
      source: sourceId.describe('Source of this file that is compared with.'),
      to: z
        .strictObject({ key: columnNames, columns: columnNames })
        .optional()
        .describe('Its names of the same columns, in the same order; the same names when absent.'),
      tolerance: z.number().min(0).default(0).describe('Difference between two numbers that is none.'),
    }),
  }),
  freshness: form({
    freshness: columnName,
    newest: duration.optional().describe('The newest row may be that old.'),
    each: duration.optional().describe('Rows older than that fail; instead of newest.'),
  }),
  lag: form({
    lag: z.strictObject({ from: columnName, to: columnName }),
    within: duration.describe('Rows that took longer fail.'),
  }),
  volume: form({
    volume: z
      .strictObject({
        min: count.optional().describe('Fewest rows.'),
        max: count.optional().describe('Most rows.'),
        history: z
          .int()
          .min(1)
          .max(1000)
          .optional()
          .describe('Earlier runs to compare with; instead of min and max.'),
        tolerance: z
          .number()
          .positive()
          .max(100)
          .optional()
          .describe('Share by which rows may differ from the median of those runs.'),
      })
      .refine((one) => isBounded(one) !== (one.history !== undefined), 'needs either min and max or history')
      .refine(isOrdered, needsOrder),
  }),
  drift: z.strictObject({
    drift: columnName,
    ...commonFields,
    max: z
      .number()
      .positive()
      .max(100)
      .optional()
      .describe(`Largest population stability index that is good; ${checkDefaults.driftMax} when absent.`),
    runs: z
      .int()
      .min(1)
      .max(1000)
      .default(checkDefaults.driftRuns)
      .describe('The base line is the earliest of so many last runs.'),
    baseline: baseline.optional(),
  }),
  schema: form({
    schema: z.strictObject({
      columns: z
        .record(z.string().min(1), z.enum(['text', 'number', 'integer', 'instant', 'date', 'boolean']))
        .optional()
        .describe('Column to its type; as in the last run when absent.'),
      extra: z.boolean().default(false).describe('Whether further columns are good.'),
    }),
  }),
  similarity: form({
    similarity: columnName,
    within: columnNames.optional().describe('Only rows that are equal in these are compared.'),
    atLeast: z
      .number()
      .min(0.5)
      .max(1)
      .default(checkDefaults.similarity)
      .describe('Jaro-Winkler similarity from which two names are suspected.'),
  }),
} satisfies Record<DeclaredKind, z.ZodType>;
