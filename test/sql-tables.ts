import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Context } from 'mocha';
import type { DataEngine, SqlBounds, SqlSession, SqlTarget } from '../collectors/contract.ts';
import { dialectOf } from '../collectors/data-quality/sql/dialects.ts';
import { openSession } from '../collectors/ports/sql/session/open-session-client.ts';
import { startMariadbServer } from './mariadb-server.ts';
import { startPostgresServer } from './postgres-server.ts';

/** A table of texts, to be the same on every engine. */
export interface TextTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface OpenTable {
  readonly session: SqlSession;
  close(): Promise<void>;
}

export const testBounds = (some: Partial<SqlBounds> = {}): SqlBounds => ({
  timeoutMilliseconds: 20_000,
  maxRows: 10_000,
  signal: new AbortController().signal,
  ...some,
});

/** Starts the engine with the table and opens a session on it; skips the test where the engine is not installed. */
export async function openTable(
  context: Context,
  engine: DataEngine,
  { table, folder }: { readonly table: TextTable; readonly folder: string },
): Promise<OpenTable> {
  if (engine === 'duckdb') {
    const session = await openSession({ driver: 'duckdb', files: [] }, testBounds());
    await session.load?.(table.name, table.columns, table.rows);
    return { session, close: () => session.close() };
  }
  const { target, stop } = await filled(context, engine, { statements: statementsOf(engine, table), folder });
  const session = await openSession(target, testBounds());
  return {
    session,
    async close() {
      await session.close();
      await stop();
    },
  };
}

function statementsOf(engine: DataEngine, { name, columns, rows }: TextTable): string[] {
  const { identifier, literal } = dialectOf(engine);
  const definitions = columns.map((column) => `${identifier(column)} text`).join(', ');
  const values = rows.map(
    (row) => `(${row.map((value) => (value === null ? 'null' : literal(value))).join(', ')})`,
  );
  const charset = engine === 'mysql' ? ' character set utf8mb4' : '';
  return [
    `create table ${identifier(name)} (${definitions})${charset}`,
    `insert into ${identifier(name)} values ${values.join(', ')}`,
  ];
}

interface Filled {
  readonly target: SqlTarget;
  stop(): Promise<void>;
}

async function filled(
  context: Context,
  engine: Exclude<DataEngine, 'duckdb'>,
  { statements, folder }: { readonly statements: readonly string[]; readonly folder: string },
): Promise<Filled> {
  if (engine === 'sqlite') {
    const path = join(folder, 'tables.db');
    const database = new DatabaseSync(path);
    for (const statement of statements) database.exec(statement);
    database.close();
    return { target: { driver: 'sqlite', path }, stop: async () => {} };
  }
  if (engine === 'mysql') {
    const server = await startMariadbServer(context);
    for (const statement of statements) await server.run(statement);
    return { target: { driver: 'mysql', url: server.urlOf() }, stop: () => server.stop() };
  }
  const server = await startPostgresServer(context);
  const url = await server.createDatabase('city');
  for (const statement of statements) await server.run('city', statement);
  return { target: { driver: 'postgresql', url }, stop: () => server.stop() };
}
