import type { SourceSpec } from '../check-file/check-spec.ts';
import { looksPersonalName } from './personal-names.ts';
import { maskText } from './personal-values.ts';

/** Texts of either quote (MySQL has both), and whole numbers as long as those that reach a person. */
const values = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w.])\d{11,19}(?![\w.])/g;

const written = (quoted: string) => {
  const [quote = ''] = quoted;
  return quoted.slice(1, -1).replaceAll(quote.repeat(2), quote).replaceAll('\\\\', '\\');
};

const textsIn = (sql: string) => (sql.match(values) ?? []).filter((text) => !/^\d/.test(text)).map(written);

/** What a check file itself says of the values of personal columns: their codes, and texts of conditions that name one. */
export function personalTexts(
  { checks, sensitive, place }: SourceSpec,
  columns: readonly string[],
): ReadonlySet<string> {
  const isPersonal = (name: string) => sensitive.includes(name) || looksPersonalName(name);
  const personal = columns.filter(isPersonal).map((name) => name.toLowerCase());
  const ofCondition = (sql: string) =>
    personal.some((name) => sql.toLowerCase().includes(name)) ? textsIn(sql) : [];
  const query = 'from' in place && 'query' in place.from ? place.from.query : '';
  const texts = checks.flatMap((check) => [
    ...(check.kind === 'validity' && isPersonal(check.column) ? (check.codes ?? []) : []),
    ...ofCondition(check.where ?? ''),
  ]);
  return new Set([...texts, ...ofCondition(query)].filter((text) => text !== '' && !columns.includes(text)));
}

/** A statement with those texts, and whatever else in it looks personal, covered. */
export function maskOwnSql(sql: string, hidden: ReadonlySet<string>): string {
  return sql.replace(values, (value) => {
    if (/^\d/.test(value)) return maskText(value);
    const [quote = ''] = value;
    return hidden.has(written(value)) ? `${quote}***${quote}` : maskText(value);
  });
}
