import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { InputError, UnavailableError } from '../../collectors/contract.ts';
import { type Connection, kyselyOn } from './connection.ts';
import { diskFull, translateFailure } from './failures.ts';
import { valueParsers } from './value-parsers.ts';

/** Less than this and the engine cannot even replay its log (two segments of 16 MiB). */
const leastFreeBytes = 32 * 2 ** 20;

/** Opens `<data>/pg`, making it when it is new. The caller holds the folder's lock. */
export async function openEmbedded(dataFolder: string): Promise<Connection> {
  const folder = join(dataFolder, 'pg');
  if (isDatabase(folder)) clearSpilledFiles(folder);
  else await createFolder(folder);
  const engine = await startEngine(folder, folder);
  const config = createPgConfig(guardEngine(engine, folder));
  const pool = new Pool({ ...config, max: 1, idleTimeoutMillis: 0, types: valueParsers });
  // An engine that stops while idle says so again at the next query.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = kyselyOn(pool, folder);
  return {
    driver: 'embedded',
    location: folder,
    db,
    reserveSession: async () => ({ db, release: async () => {} }),
    async tidy(table) {
      await sql`vacuum ${sql.table(table)}`.execute(db);
    },
    async close() {
      await db.destroy();
      await engine.close();
    },
  };
}

/** InputError for a folder that holds something else, which is left alone. */
function isDatabase(folder: string): boolean {
  if (existsSync(join(folder, 'PG_VERSION'))) return true;
  if (!existsSync(folder) || readdirSync(folder).length === 0) return false;
  throw new InputError(
    `The folder ${folder} is not an evidence store and not empty: empty it, or name another folder with --data.`,
  );
}

/** Sorts and joins of a killed process: a server would clear them at its start, the embedded engine does not. */
function clearSpilledFiles(folder: string): void {
  rmSync(join(folder, 'base', 'pgsql_tmp'), { recursive: true, force: true });
}

/** Made beside and renamed when complete, so that a killed first start leaves no half-made database. */
async function createFolder(folder: string): Promise<void> {
  const temporary = `${folder}.new`;
  try {
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true, mode: 0o700 });
    const engine = await startEngine(temporary, folder);
    await engine.close();
    renameSync(temporary, folder);
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    throw translateFailure(cause, folder, 'open');
  }
}

/** `shown` is the folder that messages name. */
async function startEngine(folder: string, shown: string): Promise<PGlite> {
  try {
    return await PGlite.create(folder);
  } catch (cause) {
    if (freeBytes(dirname(folder)) < leastFreeBytes) throw new UnavailableError(diskFull(shown), { cause });
    throw translateFailure(cause, shown, 'open');
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

type Engine = Pick<PGlite, 'execProtocolStream' | 'waitReady'>;

/** First bytes of the messages that the engine answers with ReadyForQuery: Sync and simple Query. */
const answered = new Set(['S'.charCodeAt(0), 'Q'.charCodeAt(0)]);

/**
 * An engine that stops (its log met a full disk) answers nothing more, and whoever waits for it would wait for ever.
 * This one then fails, at once and from then on; the folder is sound and is recovered at the next start.
 */
function guardEngine(engine: PGlite, folder: string): PGlite {
  let failure: UnavailableError | null = null;
  const guarded: Engine = {
    waitReady: engine.waitReady,
    async execProtocolStream(message, options) {
      if (failure) throw failure;
      const answers = await engine.execProtocolStream(message, options);
      const isAnswered = answers.some(({ name }) => name === 'readyForQuery');
      if (!answered.has(message[0] ?? 0) || isAnswered) return answers;
      const isFull = freeBytes(folder) < leastFreeBytes;
      failure = new UnavailableError(
        isFull
          ? `${diskFull(folder)} CityGauge must be started again.`
          : `The embedded database ${folder} has stopped: start CityGauge again; what was committed is kept.`,
      );
      throw failure;
    },
  };
  return guarded as PGlite;
}
