import type { CheckResult } from '../../collectors/contract.ts';
import { canonicalJson } from '../../scoring/contract.ts';

type Packed = Omit<CheckResult, 'sql'> & { readonly sql: readonly number[] };

/** Results as JSON, each statement once for all of them. */
export function packResults(results: readonly CheckResult[]): {
  readonly statements: readonly string[];
  readonly bodies: readonly string[];
} {
  const statements = [...new Set(results.flatMap(({ sql }) => sql))];
  const places = new Map(statements.map((statement, place) => [statement, place]));
  const bodies = results.map((result) => {
    const packed: Packed = { ...result, sql: result.sql.map((statement) => places.get(statement) ?? -1) };
    return canonicalJson(packed);
  });
  return { statements, bodies };
}

export function unpackResult(body: string, statements: readonly string[]): CheckResult {
  const packed = JSON.parse(body) as Packed;
  return { ...packed, sql: packed.sql.map((place) => statements[place] ?? '') };
}
