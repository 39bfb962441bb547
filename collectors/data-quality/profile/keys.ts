import type { OpenedSource } from '../run/opened-source.ts';
import type { ColumnProfile } from './profile-shape.ts';
import type { ProfileStatements } from './statements.ts';
import { profileRules } from './thresholds.ts';

/** Columns that may be a key and whose different values were estimated only. */
export function keyCandidates(columns: readonly ColumnProfile[], rows: number): readonly ColumnProfile[] {
  return columns.filter(
    ({ missing, distinct }) =>
      rows > 0 && missing === 0 && !distinct.isExact && distinct.count >= profileRules.keyShare * rows,
  );
}

/** Pairs of columns without missing values that no two rows share, of the columns with most different values; one scan. */
export async function findPairs(
  columns: readonly ColumnProfile[],
  { opened, statements, rows }: { opened: OpenedSource; statements: ProfileStatements; rows: number },
): Promise<readonly (readonly string[])[]> {
  const whole = columns
    .filter(({ missing, distinct }) => missing === 0 && distinct.count > 1)
    .toSorted((one, other) => other.distinct.count - one.distinct.count)
    .slice(0, profileRules.pairedColumns);
  const pairs = whole.flatMap((one, index) =>
    whole
      .slice(index + 1)
      .filter((other) => one.distinct.count * other.distinct.count >= rows)
      .map((other) => [one.name, other.name]),
  );
  if (rows === 0 || pairs.length === 0) return [];
  const { dialect, table, value } = opened;
  const fields = pairs.map(
    (pair, index) => `  ${dialect.countDistinct(pair.map((name) => value(name).text))} as p${index}`,
  );
  const row = await statements.askOne(`select\n${fields.join(',\n')}\nfrom ${table} as t`, 1);
  return pairs.filter((_, index) => Number(row[`p${index}`]) === rows);
}
