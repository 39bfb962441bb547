import { InputError, type SqlPort } from '../../contract.ts';
import { queryMysql } from './mysql-client.ts';
import { queryPostgresql } from './postgresql-client.ts';
import { decoded, type SqlRequest } from './request.ts';
import { openSession } from './session/open-session-client.ts';

const drivers = { postgresql: queryPostgresql, mysql: queryMysql };

export const sqlClient: SqlPort = {
  open: openSession,
  async query(request) {
    const place = placeOf(request);
    request.signal.throwIfAborted();
    try {
      return await drivers[request.driver](request);
    } catch (error) {
      // Without `cause`: what a driver attaches to its errors may hold the password.
      if (error instanceof InputError) throw error;
      throw new InputError(`${request.driver} at ${place}: ${withoutSecrets(messageOf(error), request.url)}`);
    }
  },
};

/** `host:port/database`, never user and password. */
function placeOf({ driver, url }: SqlRequest): string {
  const parsed = URL.parse(url);
  if (parsed) return `${parsed.host}${parsed.pathname}`;
  throw new InputError(
    `the ${driver} address is not a URL: write ${driver}://user:password@host:port/database, special characters as %XX`,
  );
}

function messageOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  if (!(first instanceof Error)) return String(first);
  const { code } = first as NodeJS.ErrnoException;
  const message = first.message === '' ? 'the connection failed' : first.message;
  return code && !message.includes(code) ? `${message} (${code})` : message;
}

/** A message with the password of the URL, as written and as meant, taken out. */
function withoutSecrets(message: string, url: string): string {
  const password = URL.parse(url)?.password ?? '';
  return [password, decoded(password)]
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '***'), message);
}
