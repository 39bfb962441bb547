import { storedKey } from '../stored-text.ts';

/** What host names, addresses and `host:port` are written with. */
const hostLike = /^[\p{L}\p{N}._:-]+$/u;

/** Direction marks and characters without width, which spreadsheets and hostile names bring and nobody sees. */
const unseen = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * The id under which an asset is kept: without blanks and unseen marks around it, runs of blanks as one, and, where it may be a host name or an
 * address (no slash, backslash, `@` or blank in it), in lower case and without the dot of a full name. Paths, images and repositories
 * keep their case.
 */
export function assetIdOf(text: string): string {
  const id = text
    .replaceAll('\0', '')
    .toWellFormed()
    .replace(unseen, ' ')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();
  return storedKey(hostLike.test(id) ? id.toLowerCase().replace(/(.)\.$/u, '$1') : id);
}
