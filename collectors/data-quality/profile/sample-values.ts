import type { SqlValue } from '../../contract.ts';
import type { OpenedSource } from '../run/opened-source.ts';
import type { ProfileStatements } from './statements.ts';
import { profileRules } from './thresholds.ts';

/** DuckDB keeps buffers for each part of each field: a thousand columns at once are beyond its memory. */
const columnsOfSample = 75;

/** Trimmed present values of the first rows, by column. */
export async function sampleValues(
  { columns, table, value }: OpenedSource,
  statements: ProfileStatements,
): Promise<readonly (readonly string[])[]> {
  const samples: string[][] = [];
  for (let from = 0; from < columns.length; from += columnsOfSample) {
    const some = columns.slice(from, from + columnsOfSample);
    const fields = some.map(({ name }, index) => {
      const { isPresent, trimmed } = value(name);
      return `case when ${isPresent} then ${trimmed} end as c${index}`;
    });
    const rows = await statements.ask(
      `select ${fields.join(', ')} from ${table} as t limit ${profileRules.sampleRows}`,
      0,
    );
    samples.push(...some.map((_, index) => rows.flatMap((row) => presentText(row[`c${index}`]))));
  }
  return samples;
}

const presentText = (value: SqlValue | undefined) =>
  value === null || value === undefined ? [] : [String(value)];
