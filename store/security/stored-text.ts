import { hash } from 'node:crypto';

/** Text from a scanner as PostgreSQL can hold it: no NUL, no half of a surrogate pair. */
export function storedText(text: string): string {
  return text.replaceAll('\0', '\u{fffd}').toWellFormed();
}

/** An index of PostgreSQL holds 2700 bytes a row, several keys together; no rule or signature needs as many. */
const mostKeyCharacters = 400;

/** Text that something is looked up by; what is too long keeps its beginning and stays different by a hash of the whole. */
export function storedKey(text: string): string {
  const stored = storedText(text);
  if (stored.length <= mostKeyCharacters) return stored;
  const mark = hash('sha256', stored, 'base64url').slice(0, 22);
  return `${stored.slice(0, mostKeyCharacters - mark.length - 1).toWellFormed()}…${mark}`;
}
