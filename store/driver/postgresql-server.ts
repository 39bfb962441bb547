import { Pool } from 'pg';
import { InputError } from '../../collectors/contract.ts';
import { type Connection, kyselyOn } from './connection.ts';
import { valueParsers } from './value-parsers.ts';

/** `postgresql://host:port/database` without user and password; InputError for a URL that is none. */
export function describeUrl(databaseUrl: string): string {
  let url: URL;
  try {
    // An empty host after a password is a socket's, which URL does not allow.
    url = new URL(databaseUrl.replace('@/', '@localhost/'));
  } catch (cause) {
    throw new InputError('DATABASE_URL is not a URL: write postgresql://user:password@host:5432/database.', {
      cause,
    });
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw new InputError(
      `DATABASE_URL begins with "${url.protocol}": write postgresql://user:password@host:5432/database.`,
    );
  }
  const socket = url.searchParams.get('host');
  return `postgresql://${socket ?? (url.host || 'localhost')}${url.pathname}`;
}

export async function connectToServer(databaseUrl: string): Promise<Connection> {
  const location = describeUrl(databaseUrl);
  const poolOf = (max: number, idleTimeoutMillis: number) => {
    const settings = { max, idleTimeoutMillis, connectionTimeoutMillis: 10_000, types: valueParsers };
    const pool = new Pool({
      ...settings,
      connectionString: databaseUrl,
      application_name: 'citygauge',
    });
    // A connection lost while idle is replaced by the next query, which reports what is wrong.
    pool.on('error', () => {});
    // One that is lost between two statements of a session belongs to that session, whose next statement fails.
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  };
  const db = kyselyOn(poolOf(10, 30_000), location);
  return {
    driver: 'postgresql',
    location,
    db,
    async reserveSession() {
      const session = kyselyOn(poolOf(1, 0), location);
      return { db: session, release: () => session.destroy() };
    },
    tidy: async () => {},
    close: () => db.destroy(),
  };
}
