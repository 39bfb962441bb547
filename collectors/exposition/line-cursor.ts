import { isUtf8 } from 'node:buffer';
import { LineFault } from './exposition-fault.ts';
import { numberOf, powersOfTen } from './number-text.ts';
import { TextTable } from './text-table.ts';

export const byte = {
  tab: 9,
  newline: 10,
  space: 32,
  quote: 34,
  hash: 35,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  equals: 61,
  backslash: 92,
  n: 110,
  braceOpen: 123,
  braceClose: 125,
} as const;

/** What a character may be part of. */
const letter = 1;
const colon = 2;
const digit = 4;

const kinds = new Uint8Array(256);
for (let code = 0; code < 256; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) kinds[code] = letter;
  else if (character === ':') kinds[code] = colon;
  else if (/[0-9]/.test(character)) kinds[code] = digit;
}

/** Reads one line at a time; `at` moves from its first byte to `end`, where its line feed stands. */
export class LineCursor {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  end = 0;
  private readonly texts = new TextTable();

  /** The byte at the cursor; -1 at the end of the line. */
  peek(): number {
    return this.at < this.end ? (this.bytes[this.at] as number) : -1;
  }

  skipBlanks(): void {
    while (this.at < this.end) {
      const code = this.bytes[this.at];
      if (code !== byte.space && code !== byte.tab) return;
      this.at += 1;
    }
  }

  /** A metric or label name by the classic rule; null when none begins here. */
  name(isMetric: boolean): string | null {
    const { bytes, at: from, end } = this;
    const first = isMetric ? letter | colon : letter;
    const later = first | digit;
    if (from >= end || ((kinds[bytes[from] as number] as number) & first) === 0) return null;
    let hash = 0;
    let at = from;
    for (; at < end; at++) {
      const code = bytes[at] as number;
      if (((kinds[code] as number) & later) === 0) break;
      hash = (Math.imul(hash, 31) + code) | 0;
    }
    this.at = at;
    return this.texts.find(bytes, from, at, hash);
  }

  /** A text in double quotes with its escapes undone; the cursor stands on the opening quote. */
  quoted(): string {
    const { bytes, end } = this;
    const from = this.at + 1;
    let hash = 0;
    let isPlain = true;
    let at = from;
    for (; at < end; at++) {
      const code = bytes[at] as number;
      if (code === byte.quote) break;
      if (code === byte.backslash) {
        isPlain = false;
        at += 1;
      } else if (code > 127) isPlain = false;
      hash = (Math.imul(hash, 31) + code) | 0;
    }
    if (at >= end) throw new LineFault('引号没有闭合', 'a quote is not closed');
    this.at = at + 1;
    return isPlain ? this.texts.find(bytes, from, at, hash) : this.unescaped(from, at);
  }

  /** UTF-8 text with `\\`, `\"` and `\n` undone; any other escape stays as it is written. */
  unescaped(from: number, to: number): string {
    const piece = this.bytes.subarray(from, to);
    if (!isUtf8(piece)) throw new LineFault('文本不是有效的 UTF-8', 'a text is not valid UTF-8');
    const text = piece.toString('utf8');
    if (!text.includes('\\')) return text;
    return text.replace(/\\([\\"n])/g, (_, code: string) => (code === 'n' ? '\n' : code));
  }

  /** A sample's value: up to 15 digits are exact without a look at the text; the rest is read as text. */
  value(): number {
    const { bytes, at: from, end } = this;
    let at = from;
    const isNegative = bytes[at] === byte.minus;
    if (isNegative) at += 1;
    let mantissa = 0;
    let digits = 0;
    let decimals = -1;
    for (; at < end; at++) {
      const code = bytes[at] as number;
      if (code >= 48 && code <= 57) {
        mantissa = mantissa * 10 + (code - 48);
        digits += 1;
        if (decimals >= 0) decimals += 1;
      } else if (code === byte.dot && decimals < 0) decimals = 0;
      else break;
    }
    const next = at < end ? bytes[at] : byte.space;
    if (digits > 0 && digits <= 15 && (next === byte.space || next === byte.tab)) {
      this.at = at;
      const size = decimals > 0 ? mantissa / (powersOfTen[decimals] as number) : mantissa;
      return isNegative ? -size : size;
    }
    return numberOf(this.token());
  }

  /** Everything up to the next blank. */
  token(): string {
    const from = this.at;
    while (this.at < this.end) {
      const code = this.bytes[this.at];
      if (code === byte.space || code === byte.tab) break;
      this.at += 1;
    }
    return this.bytes.toString('utf8', from, this.at);
  }
}
