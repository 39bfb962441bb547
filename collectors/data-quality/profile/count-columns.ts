import type { SqlRecord, SqlValue } from '../../contract.ts';
import type { BuiltInFormat } from '../check-file/check-spec.ts';
import { isoInstant } from '../checks/iso-instant.ts';
import type { OpenedSource } from '../run/opened-source.ts';
import { columnFormats } from '../sql/formats/built-in-formats.ts';
import { booleanWords, type Readings } from './readings-to-count.ts';
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

/** Each has up to 21 counts: PostgreSQL gives 1664 at most, and DuckDB takes minutes to plan what few more take. */
const columnsOfScan = 75;

interface Asking {
  readonly statements: ProfileStatements;
  readonly startedAt: string;
}

/** One scan, of a wide table a few: different values are counted exactly but in DuckDB, whose estimate costs a fraction. */
export async function countColumns(
  opened: OpenedSource,
  readings: readonly Readings[],
  asking: Asking,
): Promise<{ readonly rows: number; readonly columns: readonly ColumnCounts[] }> {
  const columns: ColumnCounts[] = [];
  let rows = 0;
  for (let from = 0; from < readings.length; from += columnsOfScan) {
    const counted = await countSome(opened, { readings, from }, asking);
    rows = counted.rows;
    columns.push(...counted.columns);
  }
  return { rows, columns };
}

async function countSome(
  opened: OpenedSource,
  { readings, from }: { readonly readings: readonly Readings[]; readonly from: number },
  { statements, startedAt }: Asking,
): Promise<{ readonly rows: number; readonly columns: readonly ColumnCounts[] }> {
  const some = readings.slice(from, from + columnsOfScan);
  const asked = some.flatMap((own, index) => {
    const column = opened.columns[from + index];
    return column ? [askOf(opened, column.name, { readings: own, startedAt, at: `c${index}_` })] : [];
  });
  const read = asked.flatMap(({ read }) => Object.entries(read).map(([name, sql]) => `  ${sql} as ${name}`));
  const counted = asked.flatMap(({ counted }) =>
    Object.entries(counted).map(([name, sql]) => `  ${sql} as ${name}`),
  );
  // PostgreSQL would otherwise put each reading in every place where it is counted, and compute it there again.
  const apart = opened.dialect.engine === 'postgresql' ? '\noffset 0' : '';
  const inner = `select\n${read.join(',\n')}\nfrom ${opened.table} as t${apart}`;
  const sql = `select\n${['  count(*) as n', ...counted].join(',\n')}\nfrom (${inner}) as r`;
  const row = await statements.askOne(sql, 1);
  const { zone } = opened.source.times;
  const columns = some.map((own, index) => countsOf(row, { at: `c${index}_`, zone }, own));
  return { rows: Number(row.n), columns };
}

type Fields = Readonly<Record<string, string>>;

/** What is read of a column in each row, null where its value is missing, and what is counted of that. */
function askOf(
  opened: OpenedSource,
  name: string,
  {
    readings,
    startedAt,
    at,
  }: { readonly readings: Readings; readonly startedAt: string; readonly at: string },
): { readonly read: Fields; readonly counted: Fields } {
  const { dialect, source } = opened;
  const { zone } = source.times;
  const { isPresent, text, trimmed, seconds, number } = opened.value(name);
  const v = `${at}v`;
  const read: Record<string, string> = { [v]: `case when ${isPresent} then ${text} end` };
  const counted: Record<string, string> = {
    [`${at}p`]: `count(${v})`,
    [`${at}d`]: dialect.engine === 'duckdb' ? `approx_count_distinct(${v})` : dialect.countDistinct([v]),
    [`${at}lmin`]: `min(${dialect.length(v)})`,
    [`${at}lmax`]: `max(${dialect.length(v)})`,
  };
  const range = (id: string, of: string) => {
    read[at + id] = `case when ${isPresent} then ${of} end`;
    counted[`${at}${id}n`] = `count(${at}${id})`;
    counted[`${at}${id}min`] = `min(${at}${id})`;
    counted[`${at}${id}max`] = `max(${at}${id})`;
  };
  const count = (id: string, condition: string) => {
    counted[at + id] = `count(case when ${condition} then 1 end)`;
  };
  const isNumber = readings.native === 'integer' || readings.native === 'number';
  if (isNumber) range('x', dialect.identifier(name));
  if (readings.native === 'instant' || readings.native === 'date') range('t0', seconds);
  if (readings.isNumeric) {
    range('x', number);
    count('int', dialect.matches(dialect.trim(v), '[+-]?[0-9]+'));
    count('pad', dialect.matches(dialect.trim(v), '0[0-9]+'));
  }
  if (readings.isBoolean) {
    const words = booleanWords.map((word) => dialect.literal(word)).join(', ');
    count('bool', `${dialect.lower(dialect.trim(v))} in (${words})`);
  }
  // Formats without an offset are read as UTC, and the two ends of their range put into the zone afterwards: half the time.
  for (const [index, format] of readings.timeFormats.entries())
    range(`t${index}`, dialect.epochSeconds(trimmed, [format], format === 'iso' ? zone : 'UTC'));
  if (readings.pattern !== null) count('pat', dialect.matches(v, readings.pattern));
  for (const [index, as] of readings.formats.entries()) {
    const isOne = columnFormats[as].condition(dialect, [text], {
      today: dayInChina(startedAt),
      bounds: null,
    });
    read[`${at}f${index}`] = `case when ${isPresent} and ${isOne} then 1 end`;
    counted[`${at}f${index}n`] = `count(${at}f${index})`;
  }
  return { read, counted };
}

/** `20260301`, for formats that hold days of birth. */
function dayInChina(instant: string): string {
  const hoursAhead = 8;
  const local = new Date(Date.parse(instant) + hoursAhead * 3_600_000);
  return local.toISOString().slice(0, 10).replaceAll('-', '');
}

/** Seconds of a local time, read as if it were UTC, in its zone. */
const inZone = (seconds: number, zone: string) =>
  isoInstant(new Date(seconds * 1000).toISOString().slice(0, -1), zone) ?? seconds;

function zoned(range: Range, format: string, zone: string): Range {
  if (range === null || format === 'iso') return range;
  return { min: inZone(range.min, zone), max: inZone(range.max, zone) };
}

function countsOf(
  row: SqlRecord,
  { at, zone }: { readonly at: string; readonly zone: string },
  { timeFormats, formats }: Readings,
): ColumnCounts {
  const count = (name: string) => numberOf(row[at + name]) ?? 0;
  const times = timeFormats.map((format, index) => ({
    format,
    count: count(`t${index}n`),
    range: zoned(rangeOf(row[`${at}t${index}min`], row[`${at}t${index}max`]), format, zone),
  }));
  const present = count('p');
  const native = rangeOf(row[`${at}t0min`], row[`${at}t0max`]);
  return {
    present,
    distinct: Math.min(present, count('d')),
    minLength: numberOf(row[`${at}lmin`]),
    maxLength: numberOf(row[`${at}lmax`]),
    numbers: count('xn'),
    integers: count('int'),
    padded: count('pad'),
    booleans: count('bool'),
    numberRange: rangeOf(row[`${at}xmin`], row[`${at}xmax`]),
    times: times.length > 0 || native === null ? times : [{ format: 'iso', count: present, range: native }],
    pattern: count('pat'),
    formats: formats.map((as, index) => ({ as, count: count(`f${index}n`) })),
  };
}
