import { InputError } from '../../contract.ts';
import { decoded } from './request.ts';

/**
 * `host:port/database`, never user and password; null when the address is no URL of a server. An unescaped character of a
 * password makes another address of it: its rest then stands where host and database are looked for.
 */
export function serverPlace(url: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed || !/^[a-z]+:\/\//.test(url)) return null;
  const { host, pathname, search, hash } = parsed;
  return `${pathname}${search}${hash}`.includes('@') ? null : `${host}${pathname}`;
}

/** `serverPlace`, or an InputError. */
export function placeOf(driver: string, url: string): string {
  const place = serverPlace(url);
  if (place !== null) return place;
  throw new InputError(
    `the ${driver} address is not a URL: write ${driver}://user:password@host:port/database, special characters as %XX`,
  );
}

export function messageOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  if (!(first instanceof Error)) return String(first);
  const { code } = first as NodeJS.ErrnoException;
  const message = first.message === '' ? 'the connection failed' : first.message;
  return code && !message.includes(code) ? `${message} (${code})` : message;
}

/** A message with the password of the URL, as written and as meant, taken out. */
export function withoutSecrets(message: string, url: string): string {
  const password = URL.parse(url)?.password ?? '';
  return [password, decoded(password)]
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '***'), message);
}

/** Faults in reading one value quote it, and it may be personal: SQLSTATE class 22, and DuckDB's errors of casts. */
export function withoutValues(message: string, error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  const isOfValue = /^22/.test(code) || /^(?:Conversion|Invalid Input|Out of Range) Error/.test(message);
  return isOfValue ? message.replaceAll(/'.*'|".*"/gs, '***') : message;
}
