import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { Pool } from 'pg';
import { type Connection, kyselyOn } from './connection.ts';
import { translateFailure } from './failures.ts';
import { valueParsers } from './value-parsers.ts';

/** Opens `<data>/pg`, making it when it is new. The caller holds the folder's lock. */
export async function openEmbedded(dataFolder: string): Promise<Connection> {
  const folder = join(dataFolder, 'pg');
  const engine = await startEngine(folder);
  const pool = new Pool({ ...createPgConfig(engine), max: 1, idleTimeoutMillis: 0, types: valueParsers });
  const db = kyselyOn(pool, folder);
  return {
    driver: 'embedded',
    location: folder,
    db,
    reserveSession: async () => ({ db, release: async () => {} }),
    async close() {
      await db.destroy();
      await engine.close();
    },
  };
}

async function startEngine(folder: string): Promise<PGlite> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return await PGlite.create(folder);
  } catch (cause) {
    throw translateFailure(cause, folder, 'open');
  }
}
