import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** RFC 8785 text of a value: the same value gives the same bytes. Throws for NaN and infinities. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value without JSON form cannot be stored');
  return text;
}

/** Lower-case hex SHA-256 of the UTF-8 bytes. */
export function sha256Of(content: string | Uint8Array): string {
  return hash('sha256', content);
}
