import { InputError, type SqlSession } from '../../../contract.ts';
import type { Dialect } from '../../sql/dialect.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import type { CheckContext } from '../check.ts';
import { allOf } from '../condition.ts';
import type { ValueSql } from '../plan-parts.ts';
import { shown } from './shown-rows.ts';
import type { Statements } from './statements.ts';

/** Rows of a source by their key: k0, k1 ... and v0, v1 ..., texts, and how many there are, n. */
export interface Keyed {
  readonly table: string;
  readonly keys: readonly ValueSql[];
  readonly values: readonly ValueSql[];
}

/** Both sources where one statement can see them. */
export interface BothSides {
  readonly session: SqlSession;
  readonly dialect: Dialect;
  /** To select from under an alias of one's own. */
  readonly own: string;
  readonly other: string;
  /** Reads of the own table that a statement over `own` takes. */
  readonly scans: number;
}

export const named = (letter: 'k' | 'v', of: readonly unknown[], alias = '') =>
  of.map((_, index) => `${alias}${letter}${index}`);

/** Rows without a part of their key name nothing and are left out; a missing value is NULL. */
function keyedSql({ table, keys, values }: Keyed): string {
  const fields = [
    ...keys.map(({ text }, index) => `${text} as k${index}`),
    ...values.map(({ isPresent, text }, index) => `case when ${isPresent} then ${text} end as v${index}`),
  ];
  const hasKey = allOf(...keys.map(({ isPresent }) => isPresent));
  const groups = [...named('k', keys), ...named('v', values)].join(', ');
  return `select ${groups}, count(*) as n from (select ${fields.join(', ')} from ${table} as t where ${hasKey}) as picked group by ${groups}`;
}

/** Rows handed over to the session of the run at a time. */
const batchRows = 5000;

interface Run {
  readonly context: CheckContext;
  readonly statements: Statements;
}

/** Streams one side into a table of the scratch session; gives what to select from. */
async function brought(
  { side, table, title }: { readonly side: Keyed; readonly table: string; readonly title: string },
  from: SqlSession,
  { context, statements }: Run,
): Promise<string> {
  const scratch = await context.scratch();
  const keys = [...named('k', side.keys), ...named('v', side.values)];
  const columns = [...keys, 'n'];
  const sql = keyedSql(side);
  statements.note(sql, from === context.session ? 1 : 0);
  let count = 0;
  let waiting: (string | null)[][] = [];
  const handOver = async () => {
    await scratch.load?.(table, columns, waiting);
    waiting = [];
  };
  // One row more than may be, so that the fault can say what to do.
  await from.stream(sql, { ...statements.bounds, maxRows: context.maxRows + 1 }, async (rows) => {
    count += rows.length;
    if (count > context.maxRows) throw tooManyKeys(title, context.maxRows);
    for (const row of rows) waiting.push(columns.map((name) => shown(row[name])));
    if (waiting.length >= batchRows) await handOver();
  });
  await handOver();
  return `(select ${keys.join(', ')}, cast(n as bigint) as n from ${duckdbDialect.identifier(table)})`;
}

function tooManyKeys(title: string, maxRows: number): InputError {
  return new InputError(
    `${title} has more than ${maxRows} different keys to compare with another engine: narrow the check with where, or put both tables into one database`,
    {
      zh: `${title}参与跨库比对的不同标识超过 ${maxRows} 个：请用 where 缩小范围，或将两张表放在同一数据库中`,
    },
  );
}

/**
 * Two tables of one session are compared there; else the different keys of both are streamed to a DuckDB session of the
 * run. InputError where there are more of them than `maxRows`.
 */
export async function bothSides(
  sides: { readonly own: Keyed; readonly other: Keyed; readonly names: readonly [string, string] },
  session: SqlSession,
  run: Run & { readonly check: string },
): Promise<BothSides> {
  const { context } = run;
  if (session === context.session) {
    const [own, other] = [`(${keyedSql(sides.own)})`, `(${keyedSql(sides.other)})`];
    return { session, dialect: context.dialect, own, other, scans: 1 };
  }
  const [ownName, otherName] = sides.names;
  const tableOf = (part: string) => `${part} of ${ownName} ${run.check}`;
  const own = await brought({ side: sides.own, table: tableOf('own'), title: ownName }, context.session, run);
  const other = await brought({ side: sides.other, table: tableOf('other'), title: otherName }, session, run);
  return { session: await context.scratch(), dialect: duckdbDialect, own, other, scans: 0 };
}
