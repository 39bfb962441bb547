import type { Text } from '../contract.ts';

/** A page that is not what it claims to be: refused as a whole, as Prometheus refuses it. The message names line and text. */
export class ExpositionFault extends Error {
  readonly reason: Text;
  /** Counted from 1. */
  readonly line: number;
  constructor(line: number, reason: Text) {
    super(reason.en);
    this.name = 'ExpositionFault';
    this.line = line;
    this.reason = reason;
  }
}

const shownBytes = 120;

/** A piece of a page for a message: what is no printable ASCII comes escaped, long pieces are cut. */
export function shownText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, shownBytes)).toString('utf8');
  return JSON.stringify(bytes.length > shownBytes ? `${text}...` : text);
}

/** Thrown while a line is read; the parser adds the line to it. */
export class LineFault extends Error {
  readonly reason: Text;
  constructor(zh: string, en: string) {
    super(en);
    this.reason = { zh, en };
  }
}
