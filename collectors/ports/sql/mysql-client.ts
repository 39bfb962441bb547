import { type Connection, createConnection } from 'mysql2';
import { bareStatement, decoded, type SqlRequest, type SqlRow, tooManyRows } from './request.ts';
import { plainRow } from './values.ts';

/** For the server to end the query itself, which says more than a cut connection. */
const serverGraceMilliseconds = 1000;

/** Reads row by row in a read-only session, at most `maxRows`; for MySQL and MariaDB. */
export async function queryMysql(request: SqlRequest): Promise<SqlRow[]> {
  const connection = mysqlConnection(request);
  const { promise: broken, reject } = Promise.withResolvers<never>();
  connection.on('error', reject);
  const stop = (reason: string) => {
    connection.destroy();
    reject(new Error(reason));
  };
  const seconds = request.timeoutMilliseconds / 1000;
  const timer = setTimeout(
    () => stop(`not done within ${seconds} s: narrow the query, or allow more time`),
    request.timeoutMilliseconds + serverGraceMilliseconds,
  );
  const onAbort = () => stop('the run was stopped');
  request.signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([read(connection, request), broken]);
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', onAbort);
    connection.destroy();
  }
}

/** A connection, being made, that gives values as this contract has them. */
export function mysqlConnection({
  url,
  timeoutMilliseconds,
}: Pick<SqlRequest, 'url' | 'timeoutMilliseconds'>): Connection {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const socketPath = searchParams.get('socketPath');
  return createConnection({
    ...(socketPath === null
      ? { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 3306) }
      : { socketPath }),
    user: decoded(username),
    password: decoded(password),
    database: decoded(pathname.slice(1)),
    ...(searchParams.get('ssl') === 'true' ? { ssl: {} } : {}),
    connectTimeout: timeoutMilliseconds,
    dateStrings: true,
    decimalNumbers: true,
    supportBigNumbers: true,
    multipleStatements: false,
  });
}

async function read(connection: Connection, request: SqlRequest): Promise<SqlRow[]> {
  const { limitOf } = await mysqlServer(connection);
  await rowsOf(connection, `set session ${limitOf(request.timeoutMilliseconds)}`, 0);
  await rowsOf(connection, "set session time_zone = '+00:00'", 0);
  await rowsOf(connection, 'set session transaction read only', 0);
  await rowsOf(connection, 'start transaction read only', 0);
  return rowsOf(connection, bareStatement(request.sql), request.maxRows);
}

/** `mariadb 11.4.2-MariaDB`, and the setting that ends a statement. */
export async function mysqlServer(
  connection: Connection,
): Promise<{ readonly server: string; limitOf(milliseconds: number): string }> {
  const [row] = await rowsOf(connection, 'select version() as version', 1);
  const version = String(row?.version);
  return version.includes('MariaDB')
    ? { server: `mariadb ${version}`, limitOf: (each) => `max_statement_time = ${each / 1000}` }
    : { server: `mysql ${version}`, limitOf: (each) => `max_execution_time = ${each}` };
}

export function rowsOf(connection: Connection, sql: string, maxRows: number): Promise<SqlRow[]> {
  return new Promise((resolve, reject) => {
    const rows: SqlRow[] = [];
    const query = connection.query(sql);
    query.on('error', reject);
    query.on('result', (row: object) => {
      // A statement without rows answers with a header.
      if (row.constructor.name === 'ResultSetHeader') return;
      if (rows.length === maxRows) return reject(tooManyRows(maxRows));
      rows.push(plainRow(row));
    });
    query.on('end', () => resolve(rows));
  });
}
