import { z } from 'zod';
import { checkForms } from './check-forms.ts';
import { checkLimits } from './defaults.ts';
import { placeForms, sourceFields } from './source-form.ts';

const optionalPlaces = {
  csv: placeForms.csv.optional(),
  parquet: placeForms.parquet.optional(),
  json: placeForms.json.optional(),
  sqlite: placeForms.sqlite.optional(),
  postgresql: placeForms.postgresql.optional(),
  mysql: placeForms.mysql.optional(),
};

const fileOf = <Check extends z.ZodType>(check: Check) =>
  z
    .strictObject({
      schema: z.literal('citygauge/checks@1').describe('What kind of file this is.'),
      sources: z
        .array(
          z
            .strictObject({
              ...sourceFields,
              ...optionalPlaces,
              checks: z
                .array(check)
                .max(checkLimits.checksOfSource)
                .default([])
                .describe('What is checked; whether the source can be read is checked by itself.'),
            })
            .describe(
              'One data source; exactly one of csv, parquet, json, sqlite, postgresql and mysql says where.',
            ),
        )
        .min(1)
        .max(checkLimits.sources)
        .describe('Data sources.'),
    })
    .describe('What is checked of which data.');

/** The file around its checks: those are read each by the form of its kind, so that faults speak of that kind alone. */
export const fileForm = fileOf(z.unknown());
export type SourceForm = z.output<typeof fileForm>['sources'][number];

/** The published JSON schema of check files. */
export function checksJsonSchema(): object {
  const { completeness, uniqueness, ...others } = checkForms;
  return z.toJSONSchema(fileOf(z.union([completeness, uniqueness, ...Object.values(others)])), {
    io: 'input',
  });
}
