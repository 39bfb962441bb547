/** What a column's type is, whatever the engine calls it; null = something else, or none is declared. */
export type TypeClass = 'text' | 'integer' | 'number' | 'instant' | 'date' | 'boolean';

/** Words that names of types begin with, in DuckDB, PostgreSQL, MySQL, MariaDB and SQLite; the first that fits counts. */
const classes: readonly (readonly [RegExp, TypeClass])[] = [
  [/^(?:bool|tinyint\(1\)|bit\(1\)$)/, 'boolean'],
  [/^(?:u?(?:tiny|small|medium|big|huge)?int(?:eger|[248])?(?:$|[ (])|(?:big|small)?serial|year)/, 'integer'],
  [/^(?:double|float|real|decimal|numeric|dec(?:$|\()|money)/, 'number'],
  [/^(?:timestamp|datetime)/, 'instant'],
  [/^date$/, 'date'],
  [/^(?:(?:n?var)?n?char|character|bpchar|(?:tiny|medium|long)?text|string|clob|uuid|enum|set\()/, 'text'],
];

export function typeClassOf(type: string): TypeClass | null {
  const name = type.trim().toLowerCase();
  return classes.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Whether a column of a type may stand where another is declared: whole numbers are numbers. */
export function fits(found: TypeClass | null, declared: string): boolean {
  return found === declared || (found === 'integer' && declared === 'number');
}
