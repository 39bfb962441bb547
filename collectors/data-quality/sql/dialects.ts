import type { DataEngine } from '../../contract.ts';
import type { Dialect } from './dialect.ts';
import { duckdbDialect } from './duckdb-dialect.ts';
import { mariadbDialect, mysqlDialect } from './mysql-dialect.ts';
import { postgresqlDialect } from './postgresql-dialect.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

const dialects: Readonly<Record<DataEngine, Dialect>> = {
  duckdb: duckdbDialect,
  postgresql: postgresqlDialect,
  mysql: mariadbDialect,
  sqlite: sqliteDialect,
};

/** The dialect of an engine; `server` is the session's and tells MySQL from MariaDB, which is meant without it. */
export function dialectOf(engine: DataEngine, server = ''): Dialect {
  return server.startsWith('mysql') ? mysqlDialect : dialects[engine];
}
