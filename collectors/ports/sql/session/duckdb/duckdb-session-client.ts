import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, StatementType, version } from '@duckdb/node-api';
import type { DataFile } from '../../../../contract.ts';
import type { EngineSession, Statement } from '../engine-session.ts';
import { type ReadyFile, readyFile } from './data-file.ts';
import { plainRecords } from './duckdb-values.ts';
import { fileFault, shortMessage } from './file-faults.ts';
import { createView } from './file-views.ts';
import { loadRows } from './load-rows.ts';

/** Beyond it DuckDB spills to its temporary folder: a city's collector runs beside other programs. */
const memoryLimit = '2GB';
/** More threads gain little on one file, and the machine has other work. */
const mostThreads = 4;

/** DuckDB in memory with a view for each file; nothing else of the disk can be reached from then on. */
export async function openDuckdb(files: readonly DataFile[]): Promise<EngineSession> {
  const folder = await mkdtemp(join(tmpdir(), `citygauge-duckdb-${process.pid}-`));
  const closing: (() => Promise<void> | void)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const ready: ReadyFile[] = [];
    for (const [index, file] of files.entries())
      ready.push(await readyFile(file, join(folder, `${index}.${file.format}`)));
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(Math.min(availableParallelism(), mostThreads)),
      memory_limit: memoryLimit,
      temp_directory: join(folder, 'spill'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
    closing.push(() => instance.closeSync());
    const connection = await instance.connect();
    closing.push(() => connection.closeSync());
    await prepare(connection, ready);
    return engineOf(connection, { ready, close });
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepare(connection: DuckDBConnection, ready: readonly ReadyFile[]): Promise<void> {
  await connection.run("set TimeZone = 'UTC'");
  for (const each of ready) {
    try {
      await createView(connection, each);
    } catch (error) {
      throw fileFault(error, [each]) ?? shortMessage(error);
    }
  }
  const paths = ready.map(({ path }) => `'${path.replaceAll("'", "''")}'`).join(', ');
  await connection.run(`set allowed_paths = [${paths}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

interface Opened {
  readonly ready: readonly ReadyFile[];
  close(): Promise<void>;
}

function engineOf(connection: DuckDBConnection, { ready, close }: Opened): EngineSession {
  const requireUnchanged = async () => {
    for (const each of ready) await each.requireUnchanged();
  };
  return {
    server: `duckdb ${version().replace(/^v/, '')}`,
    async read(statement, accept) {
      await requireUnchanged();
      const rows = rowsOf(connection, statement);
      try {
        for await (const batch of rows) await accept(batch);
      } catch (error) {
        await requireUnchanged();
        throw fileFault(error, ready) ?? shortMessage(error);
      }
      await requireUnchanged();
    },
    async interrupt() {
      connection.interrupt();
    },
    load: (table, columns, rows) => loadRows(connection, { table, columns }, rows),
    close,
  };
}

async function* rowsOf(connection: DuckDBConnection, { sql }: Statement) {
  const extracted = await connection.extractStatements(sql);
  if (extracted.count !== 1) throw new Error('more than one statement');
  const prepared = await extracted.prepare(0);
  try {
    if (prepared.statementType !== StatementType.SELECT) throw new Error('only a query can run');
    const result = await prepared.stream();
    const names = result.deduplicatedColumnNames();
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield plainRecords(chunk, names);
    }
  } finally {
    prepared.destroySync();
  }
}
