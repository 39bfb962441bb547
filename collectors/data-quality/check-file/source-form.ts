import { z } from 'zod';
import { isTimeZone, secretRef } from '../../contract.ts';
import { timeFormatFault } from '../../records/normalise/time-format.ts';
import { encodings } from '../../records/reading/decoded-text.ts';
import { duration } from '../../runner/settings/duration.ts';
import { columnNames, sourceId, titleText, weight } from './common-fields.ts';
import { checkDefaults, checkLimits } from './defaults.ts';

const path = z.string().min(1).describe('Seen from the folder of the check file.');
const table = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Table or view, with its schema before a dot where it has one.');
const query = z
  .string()
  .min(1)
  .max(20_000)
  .optional()
  .describe('Query whose rows are checked; instead of a table.');
const isOne = ({ table, query }: { table?: unknown; query?: unknown }) =>
  (table === undefined) !== (query === undefined);
const oneOfTwo = 'needs either table or query';

const serverPlace = (scheme: RegExp, example: string) =>
  z
    .strictObject({
      url: z
        .union([
          z
            .string()
            .regex(scheme, `is no address: write for example ${example}`)
            .refine(
              (url) => !/^[a-z]+:\/\/[^/?#]*:[^/?#]*@/i.test(url),
              'holds a password: name where the address is kept, { env: NAME } or { file: PATH }',
            ),
          secretRef,
        ])
        .describe('Address of the database without a password, or where the address is kept.'),
      table,
      query,
    })
    .refine(isOne, oneOfTwo);

const bare = z.union([path.transform((path) => ({ path })), z.strictObject({ path })]);

/** Places where a source may be; the key says what is there. */
export const placeForms = {
  csv: z
    .union([
      path,
      z.strictObject({
        path,
        encoding: z.enum(encodings).optional().describe('Of the text; UTF-8 when absent.'),
        delimiter: z.string().length(1).optional().describe('Between the values; comma when absent.'),
      }),
    ])
    .describe('CSV file, also gzipped (.csv.gz).'),
  parquet: bare.describe('Parquet file.'),
  json: bare.describe('File of JSON lines, or of one JSON list of objects.'),
  sqlite: z.strictObject({ path, table, query }).refine(isOne, oneOfTwo).describe('SQLite database.'),
  postgresql: serverPlace(/^postgres(?:ql)?:\/\//, 'postgresql://reader@db.example/city').describe(
    'PostgreSQL database.',
  ),
  mysql: serverPlace(/^mysql:\/\//, 'mysql://reader@db.example/city').describe('MySQL or MariaDB database.'),
} as const;

const timeFormat = z.string().superRefine((text, context) => {
  const fault = timeFormatFault(text);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

const shortTexts = z.array(z.string().max(100)).max(50);

/** A source without its checks and place: those are read each by its own form. */
export const sourceFields = {
  id: sourceId.describe('Unique in the file; the label "source" of its metrics.'),
  title: titleText.optional(),
  department: z.string().min(1).max(200).optional().describe('Department that owns the data.'),
  weight,
  key: columnNames.default([]).describe('Columns that name a row; shown with offending rows.'),
  missing: shortTexts
    .default([''])
    .describe('Texts that count as missing, as NULL does; the empty text when absent.'),
  sensitive: columnNames.default([]).describe('Columns that are always masked.'),
  mask: z.enum(['asterisks', 'hash']).default('asterisks').describe('How values are masked.'),
  times: z
    .strictObject({
      formats: z
        .array(timeFormat)
        .min(1)
        .default([...checkDefaults.timeFormats])
        .describe('iso, epoch-seconds, epoch-milliseconds, or patterns such as MM/dd/yyyy hh:mm:ss a.'),
      zone: z
        .string()
        .refine(isTimeZone, 'is no IANA time zone: write for example Asia/Shanghai')
        .default(checkDefaults.zone)
        .describe('IANA zone of times that carry none.'),
    })
    .default({ formats: [...checkDefaults.timeFormats], zone: checkDefaults.zone })
    .describe('How times are written.'),
  timeout: duration.default(300).describe('For the whole source.'),
  sampleRows: z
    .int()
    .min(0)
    .max(checkLimits.sampleRows)
    .default(checkDefaults.sampleRows)
    .describe('Offending rows kept of each check, at most.'),
};
