import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EngineSession } from './engine-session.ts';
import type { SqliteAnswer, SqliteOrder } from './sqlite-process.ts';

type Batch = Extract<SqliteAnswer, { readonly rows: unknown }>;

interface Server {
  readonly version: string;
  ask(order: SqliteOrder): Promise<Batch>;
  end(): Promise<void>;
}

/**
 * SQLite in a process of its own: nothing in Node stops a running statement of it, and the end of a thread waits for it.
 * A stopped statement takes the snapshot with it; the next statement begins a new one.
 */
export async function openSqlite(path: string): Promise<EngineSession> {
  let server: Server | null = await startServer(path);
  const { version } = server;
  return {
    server: `sqlite ${version}`,
    async read({ sql }, accept) {
      server ??= await startServer(path);
      const current = server;
      let batch = await current.ask({ order: 'start', sql });
      try {
        if (batch.rows.length > 0) await accept(batch.rows);
        while (!batch.isLast) {
          batch = await current.ask({ order: 'next' });
          if (batch.rows.length > 0) await accept(batch.rows);
        }
      } catch (error) {
        if (server === current) await current.ask({ order: 'drop' });
        throw error;
      }
    },
    async interrupt() {
      const running = server;
      server = null;
      await running?.end();
    },
    async close() {
      await server?.end();
      server = null;
    },
  };
}

async function startServer(path: string): Promise<Server> {
  const child = fork(fileURLToPath(new URL('./sqlite-process.ts', import.meta.url)), [path], {
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {});
  child.once('error', reject);
  const exited = once(child, 'exit');
  exited.then(
    () => reject(new Error('the process that reads SQLite ended')),
    () => {},
  );
  const nextAnswer = async (): Promise<SqliteAnswer> => {
    const [answer] = await Promise.race([once(child, 'message'), ended]);
    if ('fault' in answer) throw new Error(answer.fault);
    return answer;
  };
  const end = async () => {
    child.kill('SIGKILL');
    await exited.catch(() => {});
  };
  try {
    const first = await nextAnswer();
    return {
      version: 'version' in first ? first.version : '',
      async ask(order) {
        const answer = nextAnswer();
        child.send(order);
        return (await answer) as Batch;
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
