import { createHmac, randomBytes } from 'node:crypto';
import type { MaskStyle } from '../check-file/check-spec.ts';

/** Puts a value out of sight. */
export type Cover = (value: string) => string;

/** Characters kept of a number: enough to recognise one's own, too few to ring or to look up. */
const kept = { head: 3, tail: 2, shortest: 8 } as const;
/** Asterisks at most, so that the length of a long text is not told. */
const maxAsterisks = 12;
const hashDigits = 16;

const isNumber = (value: string) => /^[+0-9][0-9A-Za-z \-().·]*$/.test(value.normalize('NFKC'));

/** `138******78`, `张**`: of a number 3 characters and 2, of anything else no more than the first. */
function asterisks(value: string): string {
  const characters = [...value];
  const length = characters.length;
  if (length === 0) return '';
  if (isNumber(value) && length >= kept.shortest) {
    const stars = '*'.repeat(length - kept.head - kept.tail);
    return `${characters.slice(0, kept.head).join('')}${stars}${characters.slice(-kept.tail).join('')}`;
  }
  const head = length === 1 || isNumber(value) ? '' : (characters[0] ?? '');
  return `${head}${'*'.repeat(Math.min(maxAsterisks, Math.max(1, length - 1)))}`;
}

/**
 * How values of one run are masked. Hashes carry a key of the run that is kept nowhere: equal values look equal within the
 * run, and no dictionary of ids or telephone numbers turns them back afterwards.
 */
export function coverOf(style: MaskStyle, key: Uint8Array = randomBytes(32)): Cover {
  if (style === 'asterisks') return asterisks;
  return (value) =>
    value === '' ? '' : `#${createHmac('sha256', key).update(value).digest('hex').slice(0, hashDigits)}`;
}
