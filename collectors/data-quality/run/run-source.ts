import type { CheckResult, QualityRun } from '../../contract.ts';
import type { CheckSpec, SourceSpec } from '../check-file/check-spec.ts';
import { planOf } from '../checks/plan-of.ts';
import { coverOf } from '../mask/cover.ts';
import { maskOwnSql, personalTexts } from '../mask/mask-own-sql.ts';
import { maskRows, type PlainRows } from '../mask/mask-rows.ts';
import type { RunningOrder } from './check-order.ts';
import { type FaultWords, faultWords } from './fault-words.ts';
import type { PlannedCheck, ReadSource } from './joint-scan.ts';
import { demandColumns } from './missing-columns.ts';
import { runOwn } from './own-checks.ts';
import { accessResult, failedResult, resultOf } from './result.ts';
import { sampleRows } from './sample-rows.ts';
import { scanTable, type TableScan } from './scan-table.ts';
import { SharedReadings } from './shared-readings.ts';

type Found = Pick<QualityRun, 'rows' | 'scans' | 'results'>;

/** A check's result while its run goes on; offending rows are masked at the end. */
interface Outcome {
  readonly result: CheckResult;
  readonly rows: PlainRows | null;
}
type Outcomes = Map<CheckSpec, Outcome>;

/** Opens a source, scans its table, runs what asks by itself, and fetches offending rows. */
export async function runSource(running: RunningOrder): Promise<Found> {
  const { source } = running.order;
  let opened: ReadSource;
  try {
    const own = await running.sessions.open(source);
    // A misspelt sensitive column would leave unmasked what was meant to be hidden.
    demandColumns([...source.key, ...source.sensitive], own.columns, source.id);
    opened = { ...own, readings: new SharedReadings(own) };
  } catch (error) {
    return unreadable(source, faultWords(error));
  }
  const outcomes: Outcomes = new Map();
  const checks = planChecks(opened, running.startedAt, outcomes);
  const table = await scanTable(checks, opened, running.budget);
  const own = await judge({ checks, table, opened, running }, outcomes);
  const sampled = await addSamples({ checks, table, opened, running }, outcomes);
  const fault = table.rows === null ? faultWords(table.error) : null;
  const results = masked(opened, outcomes, accessResult(fault, table.sql));
  return { rows: table.rows, scans: table.scans + own + sampled, results };
}

function unreadable({ checks }: SourceSpec, words: FaultWords): Found {
  const results = checks.map((spec) => failedResult(spec, words, []));
  return { rows: null, scans: 0, results: [accessResult(words, []), ...results] };
}

/** A check that cannot be planned (its column does not exist) fails alone, before anything runs. */
function planChecks(opened: ReadSource, startedAt: string, outcomes: Outcomes): PlannedCheck[] {
  const { dialect, columns, source, readings } = opened;
  return source.checks.flatMap((spec) => {
    try {
      demandColumns(spec.columns, columns, source.id);
      const condition = spec.where === null ? null : dialect.isTrue(`(\n${spec.where}\n)`);
      const where = condition === null ? null : readings.condition(condition);
      const shared = { dialect, source, columns, where, startedAt };
      const plan = planOf(spec, { ...shared, table: readings.table, value: readings.value });
      if (plan.how !== 'own') return [{ spec, where, plan }];
      const { table, value } = opened;
      return [{ spec, where, plan: planOf(spec, { ...shared, where: condition, table, value }) }];
    } catch (error) {
      outcomes.set(spec, { result: failedResult(spec, faultWords(error), []), rows: null });
      return [];
    }
  });
}

interface Scanned {
  readonly checks: readonly PlannedCheck[];
  readonly table: TableScan;
  readonly opened: ReadSource;
  readonly running: RunningOrder;
}

/** What the scan says of each check, and what own checks find; gives the scans that those took. */
async function judge({ checks, table, opened, running }: Scanned, outcomes: Outcomes): Promise<number> {
  let scans = 0;
  for (const check of checks) {
    const { spec, plan } = check;
    const outcome = table.outcomes.get(check);
    if (!outcome || 'error' in outcome) {
      const result = failedResult(spec, faultWords(outcome?.error), outcome?.sql ?? []);
      outcomes.set(spec, { result, rows: null });
    } else if (outcome.finding) {
      outcomes.set(spec, { result: resultOf(spec, outcome.finding, outcome.sql), rows: null });
    } else if (plan.how === 'own') {
      const counted = { rows: outcome.rows, sql: outcome.sql };
      const own = await runOwn({ ...running, check, plan, opened, counted });
      scans += own.scans;
      outcomes.set(spec, { result: own.result, rows: own.sample });
    }
  }
  return scans;
}

/** Gives the scans that it took. */
async function addSamples({ checks, table, opened, running }: Scanned, outcomes: Outcomes): Promise<number> {
  const wanted = checks.flatMap((check) => {
    const failed = outcomes.get(check.spec)?.result.failed ?? 0;
    const outcome = table.outcomes.get(check);
    const finding = outcome && 'finding' in outcome ? outcome.finding : null;
    const someOffending = finding?.state === 'measured' ? (finding.someOffending ?? null) : null;
    return check.plan.how === 'own' ? [] : [{ check, failed, someOffending }];
  });
  const limit = opened.source.sampleRows;
  const { samples, scans } = await sampleRows(wanted, opened, {
    rows: table.rows ?? 0,
    limit,
    budget: running.budget,
  });
  for (const [{ spec }, { sql, rows }] of samples) {
    const result = outcomes.get(spec)?.result;
    if (!result) continue;
    const withSql = { ...result, sql: [...result.sql, sql] };
    if ('error' in rows) {
      outcomes.set(spec, { result: { ...withSql, reason: faultWords(rows.error).reason }, rows: null });
    } else outcomes.set(spec, { result: withSql, rows });
  }
  return scans;
}

/** Results with offending rows and statements fit to be kept. */
function masked({ source, columns }: ReadSource, outcomes: Outcomes, access: CheckResult): CheckResult[] {
  const { checks, mask, sensitive } = source;
  const cover = coverOf(mask);
  const hidden = personalTexts(
    source,
    columns.map(({ name }) => name),
  );
  const own = checks.map((spec) => {
    const outcome = outcomes.get(spec);
    if (!outcome) throw new Error(`check ${spec.id} has no result`);
    const { result, rows } = outcome;
    return rows ? { ...result, sample: maskRows(rows, sensitive, cover) } : result;
  });
  return [access, ...own].map((result) => ({
    ...result,
    sql: result.sql.map((sql) => maskOwnSql(sql, hidden)),
  }));
}
