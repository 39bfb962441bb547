import { z } from 'zod';
import { importKinds, isTimeZone, subjectKinds } from '../../contract.ts';
import { timeFormatFault } from '../normalise/time-format.ts';
import { encodings } from '../reading/decoded-text.ts';

const column = z.string().min(1).describe('Name of a column of the file, exactly as in its header');
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const timeFormat = z
  .string()
  .superRefine((text, context) => {
    const fault = timeFormatFault(text);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  })
  .describe('iso, epoch-seconds, epoch-milliseconds, or a pattern such as MM/dd/yyyy hh:mm:ss a');
const timeFormats = z.union([timeFormat, z.array(timeFormat).min(1)]);

const columnField = z.strictObject({
  column,
  values: z.record(z.string(), scalar).optional().describe('Text in the file -> value of the field'),
  otherwise: z
    .union([z.enum(['reject', 'keep']), z.null()])
    .optional()
    .describe('What a text becomes that "values" does not list: reject the row, keep the text, or null'),
  scale: z
    .enum(['ratio', 'percent'])
    .optional()
    .describe(
      'percent: the column holds 0 to 100 and is divided by 100; a figure only where its indicator is a ratio',
    ),
  separator: z.string().min(1).optional().describe('Between the items of a list'),
  timeFormat: timeFormats.optional().describe('Where this column is written otherwise than the others'),
});
const constantField = z.strictObject({ constant: scalar.describe('The same value for every row') });

const subjectRule = z.strictObject({
  column,
  as: z
    .enum(['name', 'id'])
    .default('name')
    .describe(
      'name: each name becomes a sub-subject; id: the column holds ids of subjects that exist already',
    ),
  kind: z.enum(subjectKinds).default('department'),
  prefix: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case letters, digits and single hyphens')
    .optional(),
  ids: z
    .record(
      z.string(),
      z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case letters, digits and single hyphens'),
    )
    .default({})
    .describe('Name in the file -> last part of the id'),
  names: z
    .record(z.string(), z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }))
    .default({})
    .describe('Name in the file -> name shown'),
});

/** The YAML of an import mapping; field names are checked against the kind afterwards (mapping-yaml). */
export const mappingSchema = z
  .strictObject({
    kind: z.enum(importKinds),
    description: z.string().optional(),
    encoding: z.enum(encodings).optional(),
    delimiter: z.string().length(1).optional(),
    quote: z.enum(['"', "'", 'none']).optional().describe('none: quotes are ordinary characters'),
    headerLine: z.int().min(1).max(1000).optional().describe('Line of the column names, counted from 1'),
    sheet: z.string().min(1).optional(),
    timeZone: z
      .string()
      .refine(isTimeZone, 'is not a time zone of the IANA database; write for example Asia/Shanghai')
      .optional(),
    timeFormat: timeFormats.default('iso'),
    emptyValues: z
      .array(z.string())
      .default([])
      .describe('Texts that stand for "unknown" besides an empty cell'),
    id: z.union([column, z.strictObject({ column, prefix: z.string().optional() })]).optional(),
    subject: subjectRule.optional(),
    fields: z.record(z.string(), z.union([column, columnField, constantField])),
  })
  .describe('How the columns of a file become the fields of a kind of record');

export type Mapping = z.output<typeof mappingSchema>;
export type FieldRule = z.output<typeof columnField> | z.output<typeof constantField>;

/** The published JSON schema of mapping files. */
export function mappingJsonSchema(): object {
  return z.toJSONSchema(mappingSchema, { io: 'input' });
}
