import { type DataFile, InputError, type SqlPort, type SqlTarget } from '../../../contract.ts';
import { messageOf, placeOf, withoutSecrets, withoutValues } from '../faults.ts';
import { boundedSession, type Place, stopped, tooSlow } from './bounded-session.ts';
import { openDuckdb } from './duckdb/duckdb-session-client.ts';
import type { EngineSession } from './engine-session.ts';
import { openMysql } from './mysql-session-client.ts';
import { openPostgresql } from './postgresql-session-client.ts';
import { openSqlite } from './sqlite-session-client.ts';

export const openSession: SqlPort['open'] = async (target, { timeoutMilliseconds, signal }) => {
  const place = placeFor(target);
  if (signal.aborted) throw stopped();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(stopped());
  signal.addEventListener('abort', onAbort);
  const timer = setTimeout(() => reject(tooSlow(timeoutMilliseconds)), timeoutMilliseconds);
  const opening = openEngine(target, timeoutMilliseconds);
  try {
    return boundedSession(await Promise.race([opening, ended]), place);
  } catch (error) {
    // One that opens too late is nobody's.
    opening.then((engine) => engine.close()).catch(() => {});
    throw place.fault(error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
};

function openEngine(target: SqlTarget, timeoutMilliseconds: number): Promise<EngineSession> {
  switch (target.driver) {
    case 'postgresql':
      return openPostgresql(target.url, timeoutMilliseconds);
    case 'mysql':
      return openMysql(target.url, timeoutMilliseconds);
    case 'sqlite':
      return openSqlite(target.path);
    case 'duckdb':
      return openDuckdb(target.files);
  }
}

/** More are compared with each other too seldom to name them all. */
const maxNamed = 3;

const filesOf = (files: readonly DataFile[]) =>
  files.length === 0
    ? 'memory'
    : files
        .slice(0, maxNamed)
        .map(({ path }) => path)
        .join(', ');

/** Faults without `cause`: what a driver attaches to its errors may hold the password. */
function placeFor(target: SqlTarget): Place {
  const { driver } = target;
  const [name, clean] =
    'url' in target
      ? [placeOf(driver, target.url), (message: string) => withoutSecrets(message, target.url)]
      : ['path' in target ? target.path : filesOf(target.files), (message: string) => message];
  return {
    driver,
    fault(error) {
      if (error instanceof InputError) return error;
      const message = withoutValues(clean(messageOf(error)), error);
      return new InputError(`${driver} at ${name}: ${message}`, { zh: `${driver}（${name}）：${message}` });
    },
  };
}
