import type { SqlRecord } from '../../../contract.ts';
import type { CheckContext } from '../check.ts';
import type { BothSides } from './both-sides.ts';
import type { Statements } from './statements.ts';

/** Keys (with their values), how many rows of this source have them, n, and whether those fail. */
export interface Judgement {
  readonly sql: string;
  readonly names: readonly string[];
  readonly fails: string;
}

/** Rows looked at and failed, with the first failing keys: one statement, as each may take long. */
export async function countedRows(
  { sql, names, fails }: Judgement,
  { session, scans }: BothSides,
  { context, statements }: { readonly context: CheckContext; readonly statements: Statements },
): Promise<{ readonly checked: number; readonly failed: number; readonly rows: readonly SqlRecord[] }> {
  const list = names.join(', ');
  const isFailing = `case when ${fails} and n > 0 then 1 else 0 end`;
  const totals = `sum(n) over () as checked, sum(case when ${fails} then n else 0 end) over () as failed`;
  const all = `select ${list}, ${isFailing} as is_failing, ${totals} from (${sql}) as judged order by is_failing desc, ${list} limit ${Math.max(1, context.sampleRows)}`;
  statements.note(all, scans);
  const rows = await session.query(all, statements.bounds);
  const [first = {}] = rows;
  const wanted = rows.filter(({ is_failing }) => Number(is_failing) === 1).slice(0, context.sampleRows);
  return { checked: Number(first.checked ?? 0), failed: Number(first.failed ?? 0), rows: wanted };
}
