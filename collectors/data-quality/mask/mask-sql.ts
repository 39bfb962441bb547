import { looksPersonalName } from './personal-names.ts';
import { maskText } from './personal-values.ts';

const literal = /'(?:[^']|'')*'/g;

/**
 * A statement whose texts came from the data (keys looked up again, names grouped): the texts are covered, all of them where
 * one of the columns is personal. Otherwise it stands as it ran.
 */
export function maskSql(
  sql: string,
  { columns, sensitive }: { readonly columns: readonly string[]; readonly sensitive: readonly string[] },
): string {
  const isPersonal = columns.some((name) => sensitive.includes(name) || looksPersonalName(name));
  return sql.replace(literal, (text) => (isPersonal ? "'***'" : maskText(text)));
}
