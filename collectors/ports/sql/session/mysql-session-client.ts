import type { Connection } from 'mysql2';
import type { SqlRecord } from '../../../contract.ts';
import { mysqlConnection, mysqlServer, rowsOf } from '../mysql-client.ts';
import { plainRow } from '../values.ts';
import { batchRows, type EngineSession, type Statement } from './engine-session.ts';

/** One snapshot for all statements (of tables that have one: InnoDB); a fault of a statement leaves it. */
export async function openMysql(url: string, timeoutMilliseconds: number): Promise<EngineSession> {
  const connection = mysqlConnection({ url, timeoutMilliseconds });
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => {});
  connection.on('error', reject);
  const orBroken = <T>(work: Promise<T>): Promise<T> => Promise.race([work, broken]);
  try {
    const { server, limitOf } = await orBroken(begin(connection));
    return {
      server,
      async read(statement, accept) {
        await orBroken(rowsOf(connection, `set session ${limitOf(statement.timeoutMilliseconds)}`, 0));
        await orBroken(readRows({ connection, url }, statement, accept));
      },
      interrupt: () => kill(connection, url).catch(() => connection.destroy()),
      async close() {
        connection.destroy();
      },
    };
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** Literals are written for backslashes that escape; times are UTC. */
const settings = [
  "set session time_zone = '+00:00'",
  "set session sql_mode = replace(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')",
  'set session transaction isolation level repeatable read',
  'set session transaction read only',
  'start transaction with consistent snapshot, read only',
];

async function begin(connection: Connection): ReturnType<typeof mysqlServer> {
  const server = await mysqlServer(connection);
  for (const setting of settings) await rowsOf(connection, setting, 0);
  return server;
}

interface Reader {
  readonly connection: Connection;
  readonly url: string;
}

/** A fault of `accept` kills the statement, and what it still sends is dropped. */
async function readRows(
  { connection, url }: Reader,
  { sql }: Statement,
  accept: (rows: readonly SqlRecord[]) => Promise<void>,
): Promise<void> {
  const rows = connection.query(sql).stream({ highWaterMark: batchRows });
  let batch: SqlRecord[] = [];
  let fault: { readonly error: unknown } | null = null;
  const hand = async () => {
    const full = batch;
    batch = [];
    try {
      if (!fault && full.length > 0) await accept(full);
    } catch (error) {
      fault = { error };
      await kill(connection, url);
    }
  };
  try {
    for await (const row of rows) {
      if (fault) continue;
      // A statement without rows answers with a header.
      if (row.constructor.name === 'ResultSetHeader') continue;
      batch.push(plainRow(row));
      if (batch.length === batchRows) await hand();
    }
  } catch (error) {
    fault ??= { error };
  }
  await hand();
  if (fault) throw (fault as { readonly error: unknown }).error;
}

/** For a second connection to stop the first. */
const killMilliseconds = 2000;

async function kill({ threadId }: Connection, url: string): Promise<void> {
  const other = mysqlConnection({ url, timeoutMilliseconds: killMilliseconds });
  try {
    await new Promise((resolve, reject) => {
      other.on('error', reject);
      rowsOf(other, `kill query ${threadId}`, 0).then(resolve, reject);
    });
  } finally {
    other.destroy();
  }
}
