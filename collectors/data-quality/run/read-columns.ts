import { InputError, type SqlBounds, type SqlSession } from '../../contract.ts';
import type { SourceSpec } from '../check-file/check-spec.ts';
import type { TableColumn } from '../checks/plan-parts.ts';
import type { Dialect } from '../sql/dialect.ts';
import { tableOf } from './place.ts';

/** More columns than any engine here allows. */
const maxColumns = 20_000;

type Ask = (sql: string) => ReturnType<SqlSession['query']>;

/** Columns of a source in their order with the engine's names of their types; InputError when there is no such table. */
export async function readColumns(
  session: SqlSession,
  source: SourceSpec,
  dialect: Dialect,
  bounds: Omit<SqlBounds, 'maxRows'>,
): Promise<readonly TableColumn[]> {
  const ask: Ask = (sql) => session.query(sql, { ...bounds, maxRows: maxColumns });
  const { place } = source;
  if (place.driver !== 'duckdb' && 'query' in place.from) return columnsOfQuery(ask, source, dialect);
  const name = place.driver === 'duckdb' ? source.id : (place.from as { readonly table: string }).table;
  const rows = await ask(catalogueQuery(source, name, dialect));
  const columns = rows.map((row) => ({ name: String(row.name), type: String(row.type ?? '') }));
  if (columns.length > 0) return columns;
  throw new InputError(`there is no table ${name}, or its columns may not be read`, {
    zh: `没有表 ${name}，或没有读取其结构的权限`,
  });
}

function catalogueQuery(source: SourceSpec, name: string, dialect: Dialect): string {
  const parts = name.split('.');
  const [table = name, schema] = parts.toReversed();
  switch (dialect.engine) {
    case 'postgresql': {
      const relation = dialect.literal(tableOf(source, dialect));
      return `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = to_regclass(${relation}) and attnum > 0 and not attisdropped order by attnum`;
    }
    case 'mysql': {
      const database = schema === undefined ? 'database()' : dialect.literal(schema);
      return `select column_name as name, column_type as type from information_schema.columns where table_schema = ${database} and table_name = ${dialect.literal(table)} order by ordinal_position`;
    }
    case 'sqlite':
      return `select name, type from pragma_table_info(${dialect.literal(table)}) order by cid`;
    case 'duckdb':
      return `select column_name as name, data_type as type from information_schema.columns where table_name = ${dialect.literal(name)} order by ordinal_position`;
  }
}

/** A row comes even of an empty query, since it stands on the outer side of a join. */
async function columnsOfQuery(ask: Ask, source: SourceSpec, dialect: Dialect): Promise<TableColumn[]> {
  const table = tableOf(source, dialect);
  const [row = {}] = await ask(
    `select t.* from (select 1 as one) as o left join ${table} as t on 1 = 1 limit 1`,
  );
  const names = Object.keys(row);
  if (dialect.engine !== 'postgresql') return names.map((name) => ({ name, type: '' }));
  const types = names.map((name, index) => `pg_typeof(t.${dialect.identifier(name)})::text as t${index}`);
  const [typed = {}] = await ask(
    `select ${types.join(', ')} from (select 1 as one) as o left join ${table} as t on 1 = 1 limit 1`,
  );
  return names.map((name, index) => ({ name, type: String(typed[`t${index}`] ?? '') }));
}
