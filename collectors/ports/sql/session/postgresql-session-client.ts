import type { Client } from 'pg';
import { extended, postgresqlClient } from '../postgresql-client.ts';
import { plainRow } from '../values.ts';
import { batchRows, type EngineSession } from './engine-session.ts';

/** One snapshot for all statements; each runs in a savepoint, so that a fault leaves the transaction usable. */
export async function openPostgresql(url: string, timeoutMilliseconds: number): Promise<EngineSession> {
  const client = postgresqlClient(url, { connectionTimeoutMillis: timeoutMilliseconds });
  await client.connect();
  try {
    return await begin(client, url);
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function begin(client: Client, url: string): Promise<EngineSession> {
  await client.query(
    "set time zone 'UTC'; set datestyle = 'ISO'; set standard_conforming_strings = on; begin transaction isolation level repeatable read read only",
  );
  // The first query takes the snapshot; from then on nothing can make the transaction write.
  const { rows } = await client.query('select pg_backend_pid() as pid, current_setting($1) as version', [
    'server_version',
  ]);
  const { pid, version } = rows[0];
  return {
    server: `postgresql ${version}`,
    async read({ sql, timeoutMilliseconds }, accept) {
      await client.query(
        `savepoint citygauge; set local statement_timeout = ${Math.ceil(timeoutMilliseconds)}`,
      );
      try {
        await client.query(extended(`declare citygauge no scroll cursor for ${sql}`));
        for (;;) {
          const batch = await client.query(`fetch ${batchRows} from citygauge`);
          if (batch.rows.length > 0) await accept(batch.rows.map(plainRow));
          if (batch.rows.length < batchRows) break;
        }
      } finally {
        // Also after success: gives back the cursor's resources and the timeout before.
        await client.query('rollback to savepoint citygauge; release savepoint citygauge');
      }
    },
    interrupt: () => cancel(url, pid).catch(() => client.end()),
    close: () => client.end(),
  };
}

/** For a second connection to stop the first; beyond it the first is cut. */
const cancelMilliseconds = 2000;

async function cancel(url: string, pid: number): Promise<void> {
  const client = postgresqlClient(url, {
    connectionTimeoutMillis: cancelMilliseconds,
    query_timeout: cancelMilliseconds,
  });
  await client.connect();
  await client.query('select pg_cancel_backend($1)', [pid]);
  await client.end();
}
