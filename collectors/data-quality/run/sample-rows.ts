import type { SqlRecord } from '../../contract.ts';
import type { PlainRows } from '../mask/mask-rows.ts';
import type { Budget } from './budget.ts';
import { offendingOf, type PlannedCheck, type ReadSource } from './joint-scan.ts';

/** A check of which offending rows are wanted, and how many rows failed it. */
export interface Wanted {
  readonly check: PlannedCheck;
  readonly failed: number;
  /** Condition that is true of some of them and cheaper than the check's own; null where there is none. */
  readonly someOffending: string | null;
}

export interface SampleOutcome {
  readonly sql: string;
  /** Unmasked; an error where they could not be fetched. */
  readonly rows: PlainRows | { readonly error: unknown };
}

/** Checks that fail less often than this would be read for to the end of the table, each by itself. */
const rareShare = 0.001;
/** Rows that one statement may bring for all rare checks together. */
const maxRareRows = 2000;

/** Whether its offending rows are those that it counts: rows that repeat a key are more than the repetitions. */
const isCounted = ({ spec }: PlannedCheck) => spec.kind !== 'uniqueness';

/** Columns shown of a check: those that name the row, then those that it looks at. */
function shownColumns({ spec }: PlannedCheck, { source, columns }: ReadSource): readonly string[] {
  const names = new Set(columns.map(({ name }) => name));
  return [...new Set([...source.key, ...spec.columns])].filter((name) => names.has(name));
}

/**
 * Offending rows of each check. Frequent offenders are asked for one check at a time, which ends with the first few; rare
 * ones come together from one scan.
 */
export async function sampleRows(
  wanted: readonly Wanted[],
  opened: ReadSource,
  { rows, limit, budget }: { readonly rows: number; readonly limit: number; readonly budget: Budget },
): Promise<{ readonly samples: ReadonlyMap<PlannedCheck, SampleOutcome>; readonly scans: number }> {
  const samples = new Map<PlannedCheck, SampleOutcome>();
  const sorted = wanted
    .filter(({ check, failed }) => failed > 0 && limit > 0 && shownColumns(check, opened).length > 0)
    .toSorted((a, b) => a.failed - b.failed);
  const rare: Wanted[] = [];
  let rareRows = 0;
  for (const each of sorted) {
    if (!isCounted(each.check) || each.failed > rows * rareShare || rareRows + each.failed > maxRareRows)
      continue;
    rare.push(each);
    rareRows += each.failed;
  }
  let scans = 0;
  if (rare.length > 1) {
    const together = await sampleTogether(rare, opened, limit, budget);
    scans += 1;
    for (const [check, outcome] of together) samples.set(check, outcome);
  }
  for (const each of sorted) {
    const { check, failed } = each;
    if (samples.has(check)) continue;
    const few = isCounted(check) ? Math.min(limit, failed) : limit;
    const outcome = await sampleOne(each, opened, few, budget);
    if (!outcome) continue;
    // One that wants every offending row may have to look for the last of them to the end.
    if (!isCounted(check) || failed <= limit) scans += 1;
    samples.set(check, outcome);
  }
  return { samples, scans };
}

const textOf = (value: SqlRecord[string] | undefined) =>
  value === null || value === undefined ? null : String(value);

async function sampleOne(
  { check, someOffending }: Wanted,
  opened: ReadSource,
  limit: number,
  budget: Budget,
): Promise<SampleOutcome | null> {
  const offending = offendingOf(check);
  if (offending === null) return null;
  const { readings, session } = opened;
  const columns = shownColumns(check, opened);
  const shown = columns.map((name, index) => `${readings.value(name).text} as v${index}`);
  const statement = (condition: string) =>
    readings.statement(
      `select ${shown.join(', ')}\nfrom ${readings.table} as t\nwhere ${condition}\nlimit ${limit}`,
      { endsEarly: true },
    );
  // Shown and kept is the one that asks for such rows without naming values.
  const sql = statement(offending);
  try {
    const found = await session.query(someOffending === null ? sql : statement(someOffending), {
      ...budget.bounds(),
      maxRows: limit,
    });
    return { sql, rows: { columns, rows: found.map((row) => columns.map((_, i) => textOf(row[`v${i}`]))) } };
  } catch (error) {
    return { sql, rows: { error } };
  }
}

async function sampleTogether(
  wanted: readonly Wanted[],
  opened: ReadSource,
  limit: number,
  budget: Budget,
): Promise<ReadonlyMap<PlannedCheck, SampleOutcome>> {
  const { readings, session } = opened;
  const conditions = wanted.map(({ check }) => offendingOf(check) ?? '(1 = 0)');
  const columns = [...new Set(wanted.flatMap(({ check }) => shownColumns(check, opened)))];
  const shown = [
    ...columns.map((name, index) => `${readings.value(name).text} as v${index}`),
    ...conditions.map((condition, index) => `case when ${condition} then 1 else 0 end as f${index}`),
  ];
  const sql = readings.statement(
    `select ${shown.join(', ')}\nfrom ${readings.table} as t\nwhere ${conditions.join('\n  or ')}\nlimit ${maxRareRows}`,
    { endsEarly: false },
  );
  const outcomeOf = (check: PlannedCheck, index: number, found: readonly SqlRecord[]): SampleOutcome => {
    const own = shownColumns(check, opened);
    const at = own.map((name) => `v${columns.indexOf(name)}`);
    const rows = found.filter((row) => Number(row[`f${index}`]) === 1).slice(0, limit);
    return { sql, rows: { columns: own, rows: rows.map((row) => at.map((v) => textOf(row[v]))) } };
  };
  try {
    const found = await session.query(sql, { ...budget.bounds(), maxRows: maxRareRows });
    return new Map(wanted.map(({ check }, index) => [check, outcomeOf(check, index, found)]));
  } catch (error) {
    return new Map(wanted.map(({ check }) => [check, { sql, rows: { error } }]));
  }
}
