import type { SqlValue } from '../../../contract.ts';
import type { CheckContext } from '../check.ts';
import type { PlanParts } from '../plan-parts.ts';
import type { Statements } from './statements.ts';

/** Stands in a statement that is kept for the keys it asked for: they may be personal, and only samples are masked. */
export const theseKeys = '/* keys of the sample */';

/** A value as it is shown; NULL stays null. */
export const shown = (value: SqlValue | undefined) =>
  value === null || value === undefined ? null : String(value);

/** Up to `sampleRows` rows of the own table that have one of the keys, in the order of their texts. */
export async function shownRows(
  { columns, condition }: { readonly columns: readonly string[]; readonly condition: string },
  { source, value }: PlanParts,
  { context, statements }: { readonly context: CheckContext; readonly statements: Statements },
) {
  const names = [...new Set([...source.key, ...columns])];
  const fields = names.map((name, index) => `${value(name).text} as s${index}`);
  const order = names.map((_, index) => index + 1);
  const asked = (where: string) =>
    `select ${fields.join(', ')} from ${context.table} as t where ${where} order by ${order.join(', ')} limit ${context.sampleRows}`;
  statements.note(asked(theseKeys), 1);
  const rows = await context.session.query(asked(condition), statements.bounds);
  return { columns: names, rows: rows.map((row) => names.map((_, index) => shown(row[`s${index}`]))) };
}
