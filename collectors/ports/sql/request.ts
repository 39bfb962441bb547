import { InputError, type SqlPort } from '../../contract.ts';

export type SqlRequest = Parameters<SqlPort['query']>[0];
export type SqlRow = Awaited<ReturnType<SqlPort['query']>>[number];

/** A part of a URL with its %XX resolved, or as it stands where they are broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function tooManyRows(maxRows: number): InputError {
  return new InputError(`the query gives more than ${maxRows} rows: aggregate in SQL or narrow it`);
}

/** One statement without the semicolon that ends it. */
export function bareStatement(sql: string): string {
  return sql.trim().replace(/;\s*$/, '');
}
