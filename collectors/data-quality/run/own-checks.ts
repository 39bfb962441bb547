import type { CheckResult } from '../../contract.ts';
import type { CheckPlan } from '../checks/check.ts';
import type { PlainRows } from '../mask/mask-rows.ts';
import { maskSql } from '../mask/mask-sql.ts';
import type { RunningOrder } from './check-order.ts';
import { faultWords } from './fault-words.ts';
import type { PlannedCheck } from './joint-scan.ts';
import { demandColumns } from './missing-columns.ts';
import type { OpenedSource } from './opened-source.ts';
import { failedResult, resultOf } from './result.ts';

/** Rows that an own check may take out of an engine at most. */
const maxOwnRows = 1_000_000;

interface OwnRun extends RunningOrder {
  readonly check: PlannedCheck;
  readonly plan: Extract<CheckPlan, { how: 'own' }>;
  /** Rows that its `where` leaves, and the statement that counted them. */
  readonly counted: { readonly rows: number; readonly sql: readonly string[] };
  readonly opened: OpenedSource;
}

interface OwnOutcome {
  readonly result: CheckResult;
  readonly sample: PlainRows | null;
  readonly scans: number;
}

/** Runs a check that asks what it needs by itself; what it throws becomes its failed result. */
export async function runOwn(run: OwnRun): Promise<OwnOutcome> {
  const { spec } = run.check;
  try {
    const found = await run.plan.run(contextOf(run));
    const sample = found.state === 'measured' ? (found.sample ?? null) : null;
    const { sensitive, key } = run.opened.source;
    const columns = [...spec.columns, ...key];
    const own = found.sql.map((sql) => maskSql(sql, { columns, sensitive }));
    const result = resultOf(spec, found, own.length > 0 ? own : run.counted.sql);
    return { result, sample, scans: found.scans };
  } catch (error) {
    return { result: failedResult(spec, faultWords(error), []), sample: null, scans: 0 };
  }
}

function contextOf({ check, counted, order, opened, sessions, budget, startedAt }: OwnRun) {
  const { spec } = check;
  const { session, dialect, columns, source, table } = opened;
  return {
    session,
    dialect,
    columns,
    rows: counted.rows,
    startedAt,
    table: spec.where === null ? table : `(select * from ${table} as s where (\n${spec.where}\n))`,
    sampleRows: source.sampleRows,
    maxRows: maxOwnRows,
    ...budget.bounds(),
    scratch: () => sessions.scratch(),
    history: (limit: number) => order.history(spec.id, limit),
    async other(id: string) {
      const wanted = order.file.sources.find((each) => each.id === id);
      if (!wanted) throw new Error(`source ${id} was found before`);
      const other = await sessions.open(wanted);
      if (spec.kind === 'reference') demandColumns(spec.to, other.columns, id);
      if (spec.kind === 'agreement') demandColumns([...spec.to.key, ...spec.to.columns], other.columns, id);
      return other;
    },
  };
}
