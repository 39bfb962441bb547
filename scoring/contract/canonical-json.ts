import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** RFC 8785 text of a value: the same value gives the same text. Throws for undefined, NaN and infinities. */
export function canonicalJson(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError('a value without JSON form has no canonical text');
  return json;
}

/** UTF-8 bytes of the canonical text. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** Lower-case hex SHA-256 of the bytes, of a text its UTF-8 bytes. */
export function sha256Of(content: string | Uint8Array): string {
  return hash('sha256', content);
}
