import type { SqlRecord } from '../../contract.ts';
import type { OpenedSource } from '../run/opened-source.ts';
import type { ColumnProfile } from './profile-shape.ts';
import type { ProfileStatements } from './statements.ts';
import { profileRules } from './thresholds.ts';

/** Grouping sets are told apart by a number of so many bits. */
const mostSets = 30;
/** DuckDB's estimate of few values may be off by one or two. */
const estimateSlack = 3;

type Values = NonNullable<ColumnProfile['values']>;

/** Columns with so few values that they may be codes; never sensitive ones. */
export function fewValued(columns: readonly ColumnProfile[]): readonly ColumnProfile[] {
  const most = ({ distinct }: ColumnProfile) =>
    profileRules.mostCodes + (distinct.isExact ? 0 : estimateSlack);
  return columns.filter(
    (column) => !column.isSensitive && column.present > 0 && column.distinct.count <= most(column),
  );
}

/** All values of those columns with their rows: one scan where the engine groups by several sets at once, else one each. */
export async function countValues(
  columns: readonly ColumnProfile[],
  opened: OpenedSource,
  statements: ProfileStatements,
): Promise<ReadonlyMap<string, Values>> {
  const found = new Map<string, Values[number][]>();
  const isGrouping = opened.dialect.engine === 'duckdb' || opened.dialect.engine === 'postgresql';
  const step = isGrouping ? mostSets : Math.max(1, columns.length);
  for (let from = 0; from < columns.length; from += step) {
    const some = columns.slice(from, from + step);
    const sql = isGrouping ? groupingSql(some, opened) : unionSql(some, opened);
    const rows = await statements.ask(sql, isGrouping ? 1 : some.length);
    for (const row of rows) {
      const [column, value] = isGrouping ? groupOf(row, some) : [some[Number(row.g)], row.v];
      if (!column || value === null || value === undefined) continue;
      const own = found.get(column.name) ?? [];
      found.set(column.name, own);
      own.push({ value: String(value), rows: Number(row.n) });
    }
  }
  const byRows = (one: Values[number], other: Values[number]) =>
    other.rows - one.rows || (one.value < other.value ? -1 : 1);
  return new Map([...found].map(([name, values]) => [name, values.sort(byRows)]));
}

function groupingSql(columns: readonly ColumnProfile[], { table, value }: OpenedSource): string {
  const fields = columns.map(({ name }, index) => {
    const { isPresent, text } = value(name);
    return `case when ${isPresent} then ${text} end as v${index}`;
  });
  const names = columns.map((_, index) => `v${index}`);
  return `select grouping(${names.join(', ')}) as g, ${names.join(', ')}, count(*) as n from (select ${fields.join(', ')} from ${table} as t) as picked group by grouping sets (${names.map((name) => `(${name})`).join(', ')})`;
}

/** GROUPING has a bit for each column, the first one highest, 0 for the one that is grouped by. */
function groupOf(row: SqlRecord, columns: readonly ColumnProfile[]) {
  const bits = Number(row.g).toString(2).padStart(columns.length, '0');
  const index = bits.indexOf('0');
  return [columns[index], row[`v${index}`]] as const;
}

function unionSql(columns: readonly ColumnProfile[], { table, value }: OpenedSource): string {
  const selects = columns.map(({ name }, index) => {
    const { isPresent, text } = value(name);
    return `select ${index} as g, ${text} as v, count(*) as n from ${table} as t where ${isPresent} group by ${text}`;
  });
  return selects.join(' union all ');
}
