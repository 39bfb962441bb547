import { constants, DatabaseSync } from 'node:sqlite';
import { type LinearRegex, linearRegex, type SqlRecord } from '../../../contract.ts';
import { plainRow } from '../values.ts';
import { batchRows } from './engine-session.ts';

/** What the process is asked, one after the other; it answers each once. */
export type SqliteOrder =
  | { readonly order: 'start'; readonly sql: string }
  | { readonly order: 'next' }
  | { readonly order: 'drop' };

export type SqliteAnswer =
  | { readonly version: string }
  | { readonly rows: readonly SqlRecord[]; readonly isLast: boolean }
  | { readonly fault: string };

/** How long another program's write may hold us up. */
const busyMilliseconds = 5000;
/** Expressions of one run: those of its checks. */
const keptExpressions = 200;

function regexpFunction(): (pattern: unknown, text: unknown) => number | null {
  const compiled = new Map<string, LinearRegex>();
  return (pattern, text) => {
    if (typeof pattern !== 'string' || typeof text !== 'string') return null;
    const known = compiled.get(pattern) ?? linearRegex(pattern);
    if (compiled.size < keptExpressions) compiled.set(pattern, known);
    return known.matches(text) ? 1 : 0;
  };
}

const allowed = new Set([
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_FUNCTION,
  constants.SQLITE_RECURSIVE,
]);

/** Pragmas that only tell what is there. */
const readingPragmas = new Set<string | null>(['table_info', 'table_xinfo']);

const isAllowed = (action: number, name: string | null) =>
  allowed.has(action) || (action === constants.SQLITE_PRAGMA && readingPragmas.has(name));

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyMilliseconds });
  database.function('regexp', { deterministic: true, directOnly: true }, regexpFunction());
  database.exec('pragma query_only = on; begin');
  // The first read takes the snapshot, and says whether the file is a database at all.
  database.prepare('select count(*) from sqlite_schema').get();
  database.setAuthorizer((action, name) =>
    isAllowed(action, name) ? constants.SQLITE_OK : constants.SQLITE_DENY,
  );
  return database;
}

function* batchesOf(database: DatabaseSync, sql: string): Generator<SqliteAnswer> {
  const statement = database.prepare(sql);
  if (statement.sourceSQL.length < sql.length) throw new Error('more than one statement');
  statement.setReadBigInts(true);
  let rows: SqlRecord[] = [];
  for (const row of statement.iterate()) {
    rows.push(plainRow(row));
    if (rows.length < batchRows) continue;
    yield { rows, isLast: false };
    rows = [];
  }
  yield { rows, isLast: true };
}

function serve(path: string): void {
  const database = openDatabase(path);
  let batches: Generator<SqliteAnswer> | null = null;
  const answer = (order: SqliteOrder): SqliteAnswer => {
    if (order.order === 'drop') {
      batches?.return(null);
      return { rows: [], isLast: true };
    }
    if (order.order === 'start') batches = batchesOf(database, order.sql);
    return batches?.next().value ?? { rows: [], isLast: true };
  };
  process.on('message', (order: SqliteOrder) => {
    try {
      send(answer(order));
    } catch (error) {
      send({ fault: (error as Error).message });
    }
  });
  const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
  send({ version });
}

function send(answer: SqliteAnswer): void {
  process.send?.(answer);
}

const [, , path = ''] = process.argv;
try {
  serve(path);
} catch (error) {
  send({ fault: (error as Error).message });
}
