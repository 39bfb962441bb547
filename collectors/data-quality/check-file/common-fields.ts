import { z } from 'zod';
import { qualityDimensions, qualityProblems } from '../../contract.ts';
import { checkDefaults } from './defaults.ts';

export const columnName = z.string().min(1).describe('Name of a column, exactly as in the table.');
export const columnNames = z.array(columnName).min(1);
export const oneOrMoreColumns = z
  .union([columnName.transform((name) => [name]), columnNames])
  .describe('One column or a list of columns.');

export const sourceId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'write lower-case letters, digits and single hyphens')
  .max(80);

const checkId = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u, 'write letters, digits, hyphens, dots and underscores')
  .max(120);

const phrase = z.string().min(1).max(200);
export const titleText = z
  .strictObject({ zh: phrase.describe('In Chinese.'), en: phrase.describe('In English.') })
  .describe('Title shown in both languages.');

export const weight = z
  .number()
  .positive('has to be greater than 0')
  .max(1000)
  .default(checkDefaults.weight)
  .describe('Weight in the score.');

/** What every check may say beside its kind. */
export const commonFields = {
  id: checkId.optional().describe('Unique within the source; kind and columns when absent.'),
  title: titleText.optional(),
  max: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Largest failing ratio that is good, 0 to 1; 0 when absent.'),
  weight,
  problem: z
    .enum(qualityProblems)
    .optional()
    .describe('Which of the six problems it counts to; the kind decides when absent.'),
  dimension: z
    .enum(qualityDimensions)
    .optional()
    .describe('Which dimension of GB/T 36344 it counts to; the kind decides when absent.'),
  where: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe('Condition in SQL: only rows that fulfil it are checked.'),
};
