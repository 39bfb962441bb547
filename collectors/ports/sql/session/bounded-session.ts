import {
  InputError,
  type SqlBounds,
  type SqlRecord,
  type SqlSession,
  type SqlTarget,
} from '../../../contract.ts';
import { bareStatement, tooManyRows } from '../request.ts';
import type { EngineSession } from './engine-session.ts';

/** For a server to end the statement itself, which says more than an interruption. */
const graceMilliseconds = 500;

/** Writing is refused by every engine as well; this keeps settings of the session as they are. */
const readingStatement = /^\s*(?:select|with|values|table|\()(?![\w])/i;

export interface Place {
  readonly driver: SqlTarget['driver'];
  /** An engine's error as one that may be shown. */
  fault(error: unknown): InputError;
}

/** Bounds, order and messages around an engine: statements wait for each other, and each ends in time. */
export function boundedSession(engine: EngineSession, { driver, fault }: Place): SqlSession {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run);
    last = turn.catch(() => {});
    return turn;
  };
  const stream: SqlSession['stream'] = (sql, bounds, accept) =>
    inTurn(() => readWithin({ engine, fault }, { sql, bounds, accept }));
  const { load } = engine;
  return {
    driver,
    server: engine.server,
    stream,
    async query(sql, bounds) {
      const all: SqlRecord[] = [];
      await stream(sql, bounds, async (rows) => {
        all.push(...rows);
      });
      return all;
    },
    ...(load
      ? {
          load: (...given: Parameters<typeof load>) =>
            inTurn(() =>
              load(...given).catch((error: unknown) => {
                throw fault(error);
              }),
            ),
        }
      : {}),
    close: () => inTurn(() => engine.close()),
  };
}

interface Reading {
  readonly sql: string;
  readonly bounds: SqlBounds;
  accept(rows: readonly SqlRecord[]): Promise<void>;
}

async function readWithin(
  { engine, fault }: Pick<Place, 'fault'> & { readonly engine: EngineSession },
  { sql, bounds, accept }: Reading,
): Promise<void> {
  const { timeoutMilliseconds, maxRows, signal } = bounds;
  if (signal.aborted) throw stopped();
  if (!readingStatement.test(sql)) throw new InputError('only a query can run: begin with SELECT or WITH');
  let ending: InputError | null = null;
  let own: unknown = null;
  let interrupted: Promise<void> | null = null;
  const end = (reason: InputError) => {
    ending ??= reason;
    interrupted ??= engine.interrupt();
  };
  const onAbort = () => end(stopped());
  const timer = setTimeout(() => end(tooSlow(timeoutMilliseconds)), timeoutMilliseconds + graceMilliseconds);
  signal.addEventListener('abort', onAbort);
  let count = 0;
  try {
    await engine.read({ sql: bareStatement(sql), timeoutMilliseconds }, async (rows) => {
      count += rows.length;
      try {
        if (ending) throw ending;
        if (count > maxRows) throw tooManyRows(maxRows);
        await accept(rows);
      } catch (error) {
        own = error;
        throw error;
      }
    });
  } catch (error) {
    throw ending ?? own ?? fault(error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    await interrupted;
  }
  if (ending) throw ending;
}

export function stopped(): InputError {
  return new InputError('the run was stopped', { zh: '运行已被停止' });
}

export function tooSlow(milliseconds: number): InputError {
  const seconds = milliseconds / 1000;
  return new InputError(`not done within ${seconds} s: narrow the query, or allow more time`, {
    zh: `未能在 ${seconds} 秒内完成：请缩小查询范围，或延长时限`,
  });
}
