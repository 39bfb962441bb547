import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type { Database, Schema } from '../schema/tables.ts';
import { translateFailure } from './failures.ts';

/** One opened database, embedded or on a server: all the rest of the store sees only this. */
export interface Connection {
  readonly driver: 'embedded' | 'postgresql';
  /** Folder or server, without credentials. */
  readonly location: string;
  readonly db: Database;
  /**
   * A database session of its own, in which temporary tables live until `release`. On the embedded driver all work
   * shares the one session there is.
   */
  reserveSession(): Promise<{ db: Database; release(): Promise<void> }>;
  /** Gives the space of replaced rows back to the table; a server does so by itself. */
  tidy(table: string): Promise<void>;
  close(): Promise<void>;
}

/** A pool whose failures of the surroundings (disk, network, account) arrive as InputError. */
export function translatingPool(pool: PostgresPool, location: string): PostgresPool {
  const translated = async <T>(promise: Promise<T>): Promise<T> => {
    try {
      return await promise;
    } catch (cause) {
      throw translateFailure(cause, location);
    }
  };
  return {
    async connect() {
      const client = await translated(pool.connect());
      const query = (text: string, values: readonly unknown[]) => translated(client.query(text, values));
      return { query, release: () => client.release() } as Awaited<ReturnType<PostgresPool['connect']>>;
    },
    end: () => pool.end(),
  };
}

export function kyselyOn(pool: PostgresPool, location: string): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: translatingPool(pool, location) }) });
}
