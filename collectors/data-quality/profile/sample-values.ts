import type { OpenedSource } from '../run/opened-source.ts';
import type { ProfileStatements } from './statements.ts';
import { profileRules } from './thresholds.ts';

/** Trimmed present values of the first rows, by column. */
export async function sampleValues(
  { columns, table, value }: OpenedSource,
  statements: ProfileStatements,
): Promise<readonly (readonly string[])[]> {
  const fields = columns.map(({ name }, index) => {
    const { isPresent, trimmed } = value(name);
    return `case when ${isPresent} then ${trimmed} end as c${index}`;
  });
  const rows = await statements.ask(
    `select ${fields.join(', ')} from ${table} as t limit ${profileRules.sampleRows}`,
    0,
  );
  return columns.map((_, index) =>
    rows.flatMap((row) => {
      const own = row[`c${index}`];
      return own === null || own === undefined ? [] : [String(own)];
    }),
  );
}
