import { Client, type ClientConfig, type QueryConfig, types } from 'pg';
import { bareStatement, type SqlRequest, type SqlRow, tooManyRows } from './request.ts';
import { plainRow, safeNumber } from './values.ts';

const { builtins } = types;
const asText = (text: string) => text;
const asInstant = (text: string) => {
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString();
};

/** Instants as ISO UTC; days and local times as they stand, since no zone is known. */
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, safeNumber],
  [builtins.NUMERIC, safeNumber],
  [builtins.TIMESTAMPTZ, asInstant],
  [builtins.TIMESTAMP, asText],
  [builtins.DATE, asText],
  [builtins.INTERVAL, asText],
]);

const rowTypes = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(id)) || types.getTypeParser(id, format),
};

/** A client, not connected yet, that gives values as this contract has them. */
export function postgresqlClient(url: string, limits: Omit<ClientConfig, 'connectionString'>): Client {
  const client = new Client({
    connectionString: url,
    application_name: 'citygauge',
    types: rowTypes as typeof types,
    ...limits,
  });
  // A cut connection fails the statement as well, which says it.
  client.on('error', () => {});
  return client;
}

/** Reads with a cursor in a read-only transaction, at most `maxRows`. */
export async function queryPostgresql(request: SqlRequest): Promise<SqlRow[]> {
  const { timeoutMilliseconds, signal } = request;
  const client = postgresqlClient(request.url, {
    connectionTimeoutMillis: timeoutMilliseconds,
    statement_timeout: timeoutMilliseconds,
    query_timeout: timeoutMilliseconds + 1000,
  });
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new Error('the run was stopped'));
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([read(client, request), stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    const ended = client.end();
    if (!signal.aborted) await ended;
  }
}

async function read(client: Client, { sql, maxRows }: SqlRequest): Promise<SqlRow[]> {
  await client.connect();
  await client.query("set time zone 'UTC'");
  await client.query('begin transaction read only');
  const declared = `declare citygauge no scroll cursor for ${bareStatement(sql)}`;
  await client.query(extended(declared));
  const { rows } = await client.query(`fetch ${maxRows + 1} from citygauge`);
  if (rows.length > maxRows) throw tooManyRows(maxRows);
  return rows.map(plainRow);
}

/** The extended protocol takes one statement only, so that nothing can end the read-only transaction. */
export function extended(text: string): QueryConfig & { readonly queryMode: 'extended' } {
  return { text, queryMode: 'extended' };
}
