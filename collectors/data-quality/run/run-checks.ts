import type { CheckResult, CollectorPorts, QualityRun } from '../../contract.ts';
import type { CheckFile, CheckSpec, SourceSpec } from '../check-file/check-spec.ts';
import type { CheckContext } from '../checks/check.ts';
import { planOf } from '../checks/plan-of.ts';
import { coverOf } from '../mask/cover.ts';
import { maskRows, type PlainRows } from '../mask/mask-rows.ts';
import { Budget } from './budget.ts';
import { type FaultWords, faultWords } from './fault-words.ts';
import type { PlannedCheck } from './joint-scan.ts';
import { demandColumns } from './missing-columns.ts';
import { type OpenedSource, Sessions } from './opened-source.ts';
import { runOwn } from './own-checks.ts';
import { engineOf, locationOf } from './place.ts';
import { accessResult, failedResult, resultOf } from './result.ts';
import { sampleRows } from './sample-rows.ts';
import { scanTable } from './scan-table.ts';

export interface CheckOrder {
  readonly subject: string;
  readonly file: CheckFile;
  /** One of the file's. */
  readonly source: SourceSpec;
  readonly ports: Pick<CollectorPorts, 'sql' | 'clock' | 'secret'>;
  /** Earlier results of one check of this source, newest first; none where there is no store. */
  history(check: string, limit: number): ReturnType<CheckContext['history']>;
  readonly signal: AbortSignal;
}

/** Runs the checks of one source. What cannot be read or computed is a result with its reason: nothing is thrown for it. */
export async function runChecks(order: CheckOrder): Promise<QualityRun> {
  const { source, file, ports, subject } = order;
  const startedAt = new Date(ports.clock.now()).toISOString();
  const began = ports.clock.monotonic();
  const budget = new Budget(ports.clock, source.timeoutSeconds, order.signal);
  const sessions = new Sessions(ports, file, budget);
  try {
    const found = await runSource(order, sessions, budget, startedAt);
    return {
      subject,
      source: {
        id: source.id,
        title: source.title,
        department: source.department,
        engine: engineOf(source),
        location: locationOf(source, sessions.targetOf(source)),
        weight: source.weight,
      },
      checksSha256: file.sha256,
      startedAt,
      durationSeconds: (ports.clock.monotonic() - began) / 1000,
      ...found,
    };
  } finally {
    await sessions.close();
  }
}

type Found = Pick<QualityRun, 'rows' | 'scans' | 'results'>;

function unreadable(source: SourceSpec, words: FaultWords, sql: readonly string[]): Found {
  const results = source.checks.map((spec) => failedResult(spec, words, []));
  return { rows: null, scans: 0, results: [accessResult(words, sql), ...results] };
}

function planned(spec: CheckSpec, opened: OpenedSource, startedAt: string): PlannedCheck {
  const { dialect, columns, source, table, value } = opened;
  demandColumns(spec.columns, columns, source.id);
  const where = spec.where === null ? null : dialect.isTrue(`(\n${spec.where}\n)`);
  const parts = { dialect, source, columns, table, where, startedAt, value };
  return { spec, where, plan: planOf(spec, parts) };
}

async function runSource(
  order: CheckOrder,
  sessions: Sessions,
  budget: Budget,
  startedAt: string,
): Promise<Found> {
  const { source } = order;
  let opened: OpenedSource;
  try {
    opened = await sessions.open(source);
  } catch (error) {
    return unreadable(source, faultWords(error), []);
  }
  const results = new Map<CheckSpec, CheckResult>();
  const checks: PlannedCheck[] = [];
  for (const spec of source.checks) {
    try {
      checks.push(planned(spec, opened, startedAt));
    } catch (error) {
      results.set(spec, failedResult(spec, faultWords(error), []));
    }
  }
  const table = await scanTable(checks, opened, budget);
  let { scans } = table;
  const plain = new Map<CheckSpec, PlainRows>();
  for (const check of checks) {
    const { spec, plan } = check;
    const outcome = table.outcomes.get(check);
    if (!outcome || 'error' in outcome) {
      results.set(spec, failedResult(spec, faultWords(outcome?.error), outcome?.sql ?? []));
    } else if (outcome.finding) {
      results.set(spec, resultOf(spec, outcome.finding, outcome.sql));
    } else if (plan.how === 'own') {
      const own = await runOwn({
        check,
        plan,
        rows: outcome.rows,
        counted: outcome.sql,
        order,
        opened,
        sessions,
        budget,
        startedAt,
      });
      scans += own.scans;
      results.set(spec, own.result);
      if (own.sample) plain.set(spec, own.sample);
    }
  }
  const wanted = checks.flatMap((check) => {
    const failed = results.get(check.spec)?.failed ?? 0;
    return check.plan.how === 'own' ? [] : [{ check, failed }];
  });
  const sampled = await sampleRows(wanted, opened, {
    rows: table.rows ?? 0,
    limit: source.sampleRows,
    budget,
  });
  scans += sampled.scans;
  for (const [{ spec }, { sql, rows }] of sampled.samples) {
    const result = results.get(spec);
    if (!result) continue;
    const reason = 'error' in rows ? faultWords(rows.error).reason : result.reason;
    results.set(spec, { ...result, sql: [...result.sql, sql], reason });
    if (!('error' in rows)) plain.set(spec, rows);
  }
  const cover = coverOf(source.mask);
  const shown = source.checks.map((spec): CheckResult => {
    const result = results.get(spec);
    if (!result) throw new Error(`check ${spec.id} has no result`);
    const rows = plain.get(spec);
    return rows ? { ...result, sample: maskRows(rows, source.sensitive, cover) } : result;
  });
  const fault = table.rows === null ? faultWords(table.error) : null;
  return { rows: table.rows, scans, results: [accessResult(fault, table.sql), ...shown] };
}
