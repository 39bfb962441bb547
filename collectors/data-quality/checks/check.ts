import type { CheckMemory, CheckResult, OffendingRows, SqlSession, SqlValue } from '../../contract.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { ValueSql } from './plan-parts.ts';

/**
 * How a check is computed. `rows` and `aggregates` of one source share one scan of its table; an `own` check asks what it
 * needs by itself.
 */
export type CheckPlan =
  | {
      readonly how: 'rows';
      /** Conditions over one row, never NULL: it is looked at, and (being looked at) it failed. */
      readonly applies: string;
      readonly fails: string;
    }
  | {
      readonly how: 'aggregates';
      /** Aggregates over the table; the scan hands their values back under these names. */
      readonly values: Readonly<Record<string, string>>;
      judge(values: Readonly<Record<string, SqlValue>>): Finding;
      /** Condition that is true of offending rows; null where they cannot be told row by row. */
      readonly offending: string | null;
    }
  | {
      readonly how: 'own';
      run(
        context: CheckContext,
      ): Promise<Finding & { readonly sql: readonly string[]; readonly scans: number }>;
    };

/** What a plan found, before thresholds and masks. */
export type Finding =
  | {
      readonly state: 'measured';
      readonly checked: number;
      readonly failed: number;
      /** Condition that is true of some offending rows and cheaper than the plan's; it names their values, which may be personal. */
      readonly someOffending?: string;
      /** Where it is not failed / checked. */
      readonly ratio?: number;
      readonly figure?: CheckResult['figure'];
      readonly memory?: CheckMemory;
      /** Unmasked: masks are put on where all results are. */
      readonly sample?: { readonly columns: readonly string[]; readonly rows: OffendingRows['rows'] };
    }
  | {
      readonly state: 'notApplicable';
      readonly reason: NonNullable<CheckResult['reason']>;
      readonly memory?: CheckMemory;
    };

/** What an own check may use. */
export interface CheckContext {
  readonly session: SqlSession;
  readonly dialect: Dialect;
  /** The table, view or bracketed query (which holds only the rows of the check's `where`) to select from, as SQL; always give it an alias: `from ${table} as t`. */
  readonly table: string;
  /** Number of its rows, counted by the shared scan. */
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Another source of the check file, opened when first asked for; InputError when it cannot be. */
  other(source: string): Promise<{
    readonly session: SqlSession;
    readonly dialect: Dialect;
    readonly table: string;
    /** A column's value as that source reads it: with its own words for missing, its own times. */
    value(column: string): ValueSql;
  }>;
  /** A DuckDB session without files, to compare what comes from two engines. */
  scratch(): Promise<SqlSession>;
  /** Earlier results of this check, newest first. */
  history(limit: number): Promise<readonly (CheckResult & { readonly at: string })[]>;
  /** ISO instant of the run. */
  readonly startedAt: string;
  /** Offending rows to bring at most. */
  readonly sampleRows: number;
  readonly timeoutMilliseconds: number;
  readonly maxRows: number;
  readonly signal: AbortSignal;
}
