import { z } from 'zod';
import { isTimeZone } from '../../contract.ts';
import { encodings } from '../../records/reading/decoded-text.ts';

/** What every table collector is told about its file. */
export const tableSettings = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe('CSV, TSV, JSON, NDJSON or XLSX file, seen from the folder of the settings file.'),
  sheet: z.string().min(1).optional().describe('Sheet of a workbook; the first when absent.'),
  headerLine: z
    .int()
    .min(1)
    .optional()
    .describe('Line of the column names; the first that is not blank when absent.'),
  encoding: z.enum(encodings).optional().describe('Told from the file when absent: UTF-8, else GB18030.'),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe('Between the cells of a CSV file; a comma when absent.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'is no IANA time zone: write for example Asia/Shanghai')
    .default('Asia/Shanghai')
    .describe('Zone of times that name none.'),
  maxAgeDays: z
    .number()
    .positive()
    .default(35)
    .describe(
      'An older file, or figures of an older date, are stale: a monthly table is due every 31 days, with 4 of grace.',
    ),
  maxMegabytes: z.number().positive().max(256).default(16).describe('A larger file is refused.'),
  maxRows: z.int().min(1).max(1_000_000).default(50_000).describe('A table with more rows is refused.'),
});

export type TableSettings = z.output<typeof tableSettings>;
