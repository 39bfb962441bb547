import type { SqlRecord, SqlValue } from '../../contract.ts';
import type { CheckSpec } from '../check-file/check-spec.ts';
import type { CheckPlan, Finding } from '../checks/check.ts';
import { allOf } from '../checks/condition.ts';
import { nothingToCheck } from '../checks/nothing-to-check.ts';
import type { OpenedSource } from './opened-source.ts';
import type { SharedReadings } from './shared-readings.ts';

/** A check with its plan. */
export interface PlannedCheck {
  readonly spec: CheckSpec;
  readonly plan: CheckPlan;
  /** Its `where`, never NULL, over the shared readings; null = every row. */
  readonly where: string | null;
}

/** A source with the readings that its checks share. */
export interface ReadSource extends OpenedSource {
  readonly readings: SharedReadings;
}

/** Aggregates that one check takes part in a scan with, and what it makes of them. */
interface Share {
  readonly values: readonly string[];
  judge(values: readonly SqlValue[]): Finding | null;
}

/** Condition that is true of the rows that failed; null where they cannot be told row by row. */
export function offendingOf({ plan, where }: PlannedCheck): string | null {
  if (plan.how === 'rows') return allOf(where, plan.applies, plan.fails);
  return plan.how === 'aggregates' ? plan.offending : null;
}

function shareOf({ plan, where }: PlannedCheck, { dialect }: ReadSource): Share {
  if (plan.how === 'rows') {
    const looked = allOf(where, plan.applies);
    return {
      values: [dialect.countIf(looked), dialect.countIf(allOf(where, plan.applies, plan.fails))],
      judge([checked, failed]) {
        if (Number(checked) === 0) return nothingToCheck;
        return { state: 'measured', checked: Number(checked), failed: Number(failed) };
      },
    };
  }
  if (plan.how === 'aggregates') {
    const names = Object.keys(plan.values);
    return {
      values: Object.values(plan.values),
      judge: (values) =>
        plan.judge(Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]))),
    };
  }
  return { values: [where === null ? 'count(*)' : dialect.countIf(where)], judge: () => null };
}

/** One statement that reads the table once for all these checks. */
export interface Scan {
  readonly sql: string;
  /** Rows of the table, and of each check what it found; null for an own check, with the number of its rows. */
  read(record: SqlRecord): {
    readonly rows: number;
    readonly findings: readonly { readonly finding: Finding | null; readonly rows: number }[];
  };
}

export function jointScan(checks: readonly PlannedCheck[], opened: ReadSource): Scan {
  const shares = checks.map((check) => shareOf(check, opened));
  const aggregates = shares.flatMap(({ values }, check) =>
    values.map((value, index) => `  ${value} as c${check}_${index}`),
  );
  return {
    sql: opened.readings.statement(
      `select\n${['  count(*) as n', ...aggregates].join(',\n')}\nfrom ${opened.readings.table} as t`,
      { endsEarly: false },
    ),
    read: (record) => ({
      rows: Number(record.n),
      findings: shares.map(({ values, judge }, check) => {
        const own = values.map((_, index) => record[`c${check}_${index}`] ?? null);
        return { finding: judge(own), rows: Number(own[0]) };
      }),
    }),
  };
}
