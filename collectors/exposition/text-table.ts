const slotBits = 14;
const slotMask = 2 ** slotBits - 1;
/** Longer texts seldom repeat. */
const longestKept = 200;

function isSame(text: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== bytes[from + i]) return false;
  }
  return true;
}

/**
 * Names and label values seen lately, found by their bytes: a page repeats the same few thousand of them, so that most
 * need not be decoded again. Bounded: a newcomer takes the place of an older one of the same hash.
 */
export class TextTable {
  private readonly slots: (string | undefined)[] = new Array(slotMask + 1).fill(undefined);

  /** The text of ASCII bytes; `hash` is the caller's, of exactly these bytes. */
  find(bytes: Buffer, from: number, to: number, hash: number): string {
    const slot = (hash ^ (hash >>> slotBits)) & slotMask;
    const known = this.slots[slot];
    if (known !== undefined && known.length === to - from && isSame(known, bytes, from)) return known;
    const text = bytes.toString('latin1', from, to);
    if (text.length <= longestKept) this.slots[slot] = text;
    return text;
  }
}
