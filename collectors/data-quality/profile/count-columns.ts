import type { SqlRecord, SqlValue } from '../../contract.ts';
import type { BuiltInFormat, CheckOf } from '../check-file/check-spec.ts';
import { allOf, not } from '../checks/condition.ts';
import { planOf } from '../checks/plan-of.ts';
import type { OpenedSource } from '../run/opened-source.ts';
import type { Readings } from './readings-to-count.ts';
import type { ProfileStatements } from './statements.ts';

/** Counts of one column over the whole table; null where nothing was asked, or nothing is there. */
export interface ColumnCounts {
  readonly present: number;
  readonly distinct: number;
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly numbers: number;
  readonly integers: number;
  /** Whole numbers with a zero in front: codes. */
  readonly padded: number;
  readonly booleans: number;
  readonly numberRange: Range;
  readonly times: readonly { readonly format: string; readonly count: number; readonly range: Range }[];
  readonly pattern: number;
  readonly formats: readonly { readonly as: BuiltInFormat; readonly count: number }[];
}

export type Range = { readonly min: number; readonly max: number } | null;

const numberOf = (value: SqlValue | undefined) =>
  value === null || value === undefined ? null : Number(value);

function rangeOf(min: SqlValue | undefined, max: SqlValue | undefined): Range {
  const [low, high] = [numberOf(min), numberOf(max)];
  return low === null || high === null ? null : { min: low, max: high };
}

/** A number as it is counted: the column itself where it is one. */
export function numberSql({ dialect, value }: OpenedSource, name: string, { native }: Readings): string {
  const isNumber = native === 'integer' || native === 'number';
  return isNumber ? dialect.identifier(name) : value(name).number;
}

/** One scan for all columns: different values are counted exactly but in DuckDB, whose estimate costs a fraction. */
export async function countColumns(
  opened: OpenedSource,
  readings: readonly Readings[],
  { statements, startedAt }: { readonly statements: ProfileStatements; readonly startedAt: string },
): Promise<{ readonly rows: number; readonly columns: readonly ColumnCounts[] }> {
  const asked = opened.columns.map(({ name }, index) => {
    const own = readings[index];
    return own ? aggregatesOf(opened, name, { readings: own, startedAt }) : {};
  });
  const fields = asked.flatMap((own, index) =>
    Object.entries(own).map(([name, sql]) => `  ${sql} as c${index}_${name}`),
  );
  const sql = `select\n${['  count(*) as n', ...fields].join(',\n')}\nfrom ${opened.table} as t`;
  const row = await statements.askOne(sql, 1);
  const columns = readings.map((own, index) => countsOf(row, `c${index}_`, own));
  return { rows: Number(row.n), columns };
}

function aggregatesOf(
  opened: OpenedSource,
  name: string,
  { readings, startedAt }: { readonly readings: Readings; readonly startedAt: string },
): Record<string, string> {
  const { dialect, source } = opened;
  const { isPresent, text, trimmed, seconds } = opened.value(name);
  const own = `case when ${isPresent} then ${text} end`;
  const among = (of: string) => `case when ${isPresent} then ${of} end`;
  const fields: Record<string, string> = {
    p: dialect.countIf(isPresent),
    d: dialect.engine === 'duckdb' ? `approx_count_distinct(${own})` : dialect.countDistinct([own]),
    lmin: `min(${among(dialect.length(text))})`,
    lmax: `max(${among(dialect.length(text))})`,
  };
  const range = (id: string, of: string) => {
    fields[`${id}min`] = `min(${among(of)})`;
    fields[`${id}max`] = `max(${among(of)})`;
  };
  const count = (id: string, ...conditions: string[]) => {
    fields[id] = dialect.countIf(allOf(isPresent, ...conditions));
  };
  const isNumber = readings.native === 'integer' || readings.native === 'number';
  if (readings.isNumeric || isNumber) range('x', numberSql(opened, name, readings));
  if (readings.native === 'instant' || readings.native === 'date') range('t0', seconds);
  if (readings.isNumeric) {
    count('num', `${opened.value(name).number} is not null`);
    count('int', dialect.matches(trimmed, '[+-]?[0-9]+'));
    count('pad', dialect.matches(trimmed, '0[0-9]+'));
  }
  if (readings.isBoolean) {
    const words = ['true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', '是', '否'];
    count('bool', `${dialect.lower(trimmed)} in (${words.map((word) => dialect.literal(word)).join(', ')})`);
  }
  for (const [index, format] of readings.timeFormats.entries()) {
    const time = dialect.epochSeconds(trimmed, [format], source.times.zone);
    count(`t${index}`, `${time} is not null`);
    range(`t${index}`, time);
  }
  if (readings.pattern !== null) count('pat', dialect.matches(text, readings.pattern));
  for (const [index, as] of readings.formats.entries()) {
    const plan = formatPlan(opened, { name, as, startedAt });
    if (plan.how === 'rows') count(`f${index}`, plan.applies, not(plan.fails));
  }
  return fields;
}

function formatPlan(
  { source, columns, dialect, table, value }: OpenedSource,
  { name, as, startedAt }: { readonly name: string; readonly as: BuiltInFormat; readonly startedAt: string },
) {
  const spec: CheckOf<'format'> = {
    ...{ kind: 'format', id: name, title: source.title, columns: [name], as, bounds: null },
    ...{ problem: null, dimension: 'conformity', weight: 1, where: null, max: 0 },
  };
  return planOf(spec, { source, columns, dialect, table, value, where: null, startedAt });
}

function countsOf(row: SqlRecord, at: string, { timeFormats, formats }: Readings): ColumnCounts {
  const count = (name: string) => numberOf(row[at + name]) ?? 0;
  const times = timeFormats.map((format, index) => ({
    format,
    count: count(`t${index}`),
    range: rangeOf(row[`${at}t${index}min`], row[`${at}t${index}max`]),
  }));
  const present = count('p');
  const native = rangeOf(row[`${at}t0min`], row[`${at}t0max`]);
  return {
    present,
    distinct: Math.min(present, count('d')),
    minLength: numberOf(row[`${at}lmin`]),
    maxLength: numberOf(row[`${at}lmax`]),
    numbers: count('num'),
    integers: count('int'),
    padded: count('pad'),
    booleans: count('bool'),
    numberRange: rangeOf(row[`${at}xmin`], row[`${at}xmax`]),
    times: times.length > 0 || native === null ? times : [{ format: 'iso', count: present, range: native }],
    pattern: count('pat'),
    formats: formats.map((as, index) => ({ as, count: count(`f${index}`) })),
  };
}
