import type { SqlRecord } from '../../contract.ts';
import type { Finding } from '../checks/check.ts';
import type { Budget } from './budget.ts';
import { isTimeout } from './fault-words.ts';
import { jointScan, type PlannedCheck, type ReadSource } from './joint-scan.ts';

export type ScanOutcome =
  /** `finding` is null for an own check, which is still to run. */
  | { readonly finding: Finding | null; readonly rows: number; readonly sql: readonly string[] }
  | { readonly error: unknown; readonly sql: readonly string[] };

export interface TableScan {
  /** Null when the table could not be read at all. */
  readonly rows: number | null;
  /** Why it could not. */
  readonly error: unknown;
  readonly scans: number;
  /** Of the statement that counted its rows. */
  readonly sql: readonly string[];
  readonly outcomes: ReadonlyMap<PlannedCheck, ScanOutcome>;
}

/** Reads the table once for all checks; where that fails, once to count it and once for each, so that only the guilty fail. */
export async function scanTable(
  checks: readonly PlannedCheck[],
  opened: ReadSource,
  budget: Budget,
): Promise<TableScan> {
  const outcomes = new Map<PlannedCheck, ScanOutcome>();
  let scans = 0;
  const scan = async (some: readonly PlannedCheck[]) => {
    const { sql, read } = jointScan(some, opened);
    const [record] = await opened.session.query(sql, { ...budget.bounds(), maxRows: 1 });
    scans += 1;
    const { rows, findings } = read(record as SqlRecord);
    for (const [index, check] of some.entries()) {
      const found = findings[index];
      if (found) outcomes.set(check, { ...found, sql: [sql] });
    }
    return rows;
  };
  const failAll = (error: unknown, sql: readonly string[]): TableScan => ({
    rows: null,
    error,
    scans,
    sql,
    outcomes: new Map(checks.map((check) => [check, { error, sql }])),
  });
  const whole = jointScan(checks, opened).sql;
  try {
    return { rows: await scan(checks), error: null, scans, sql: [whole], outcomes };
  } catch (error) {
    if (isTimeout(error) || budget.isOver || checks.length === 0) return failAll(error, [whole]);
  }
  const count = jointScan([], opened).sql;
  let rows: number;
  try {
    rows = await scan([]);
  } catch (error) {
    return failAll(error, [count]);
  }
  for (const check of checks) {
    const { sql } = jointScan([check], opened);
    try {
      await scan([check]);
    } catch (error) {
      outcomes.set(check, { error, sql: [sql] });
    }
  }
  return { rows, error: null, scans, sql: [count], outcomes };
}
