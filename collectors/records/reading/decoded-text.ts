import { isAscii } from 'node:buffer';
import { InputError, type Text } from '../../contract.ts';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

const byteOrderMarks: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

const pieceBytes = 64 * 1024;
const newline = 0x0a;

/** Joins small chunks, so that each piece but the last has at least `pieceBytes`. */
async function* piecesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < pieceBytes) continue;
    yield waiting.length === 1 ? chunk : Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** True when the bytes are valid so far; a character cut off at the end is no fault. */
function isValid(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The encoding of text whose first byte beyond ASCII lies in `sample`. */
function encodingOf(sample: Uint8Array, name: string, line: number): Encoding {
  if (isValid(sample, 'utf-8')) return 'utf-8';
  if (isValid(sample, 'gb18030')) return 'gb18030';
  const before = new TextDecoder('utf-8').decode(sample).split('\uFFFD', 1)[0] ?? '';
  throw new InputError(
    `${name} line ${line + countLines(before)}: bytes that are neither UTF-8 nor GB18030; save the file as UTF-8`,
  );
}

export interface DecodeOptions {
  readonly name: string;
  /** From the mapping; without it, a byte order mark, else UTF-8, else GB18030 where the bytes are valid there. */
  readonly encoding?: Encoding | undefined;
  /** Called with what was found out and the user should know. */
  readonly note: (note: Text) => void;
}

/** Decodes piece by piece and keeps count of lines for its messages. */
class Decoding {
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private readonly encoding: Encoding;
  private readonly name: string;
  private line: number;
  private lastLine: Uint8Array = new Uint8Array();

  constructor(encoding: Encoding, name: string, line: number) {
    this.decoder = new TextDecoder(encoding, { fatal: true });
    this.encoding = encoding;
    this.name = name;
    this.line = line;
  }

  decode(piece: Uint8Array, isLast: boolean): string {
    let text: string;
    try {
      text = this.decoder.decode(piece, { stream: !isLast });
    } catch (cause) {
      throw new InputError(
        `${this.name} line ${this.lineOfFault(piece)}: bytes that are not ${this.encoding.toUpperCase()}, in which the file began; save it as UTF-8 or set "encoding" in the mapping`,
        { cause },
      );
    }
    this.lastLine = piece.subarray(piece.lastIndexOf(newline) + 1);
    const nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new InputError(
        `${this.name} line ${this.line + countLines(text.slice(0, nul))}: a NUL character; the file is not text, or it is UTF-16 without a byte order mark: set "encoding: utf-16le" in the mapping`,
      );
    }
    this.line += countLines(text);
    return text;
  }

  /** A line end is never part of a longer character in UTF-8 and GB18030, so that decoding may start again after one. */
  private lineOfFault(piece: Uint8Array): number {
    if (this.encoding.startsWith('utf-16')) return this.line;
    const bytes = Buffer.concat([this.lastLine, piece]);
    return this.line + countLines(new TextDecoder(this.encoding).decode(bytes).split('\uFFFD', 1)[0] ?? '');
  }
}

function noteEncoding(options: DecodeOptions, encoding: Encoding): void {
  if (encoding !== 'gb18030' || options.encoding) return;
  options.note({
    zh: '文件不是 UTF-8 编码，已按 GB18030 读取',
    en: 'The file is not UTF-8; it was read as GB18030',
  });
}

/**
 * Text of a byte stream. Never replaces a byte it cannot read: InputError with the line. Without a declared encoding
 * the choice between UTF-8 and GB18030 is made at the first byte beyond ASCII, on at least 64 KiB where there are as many.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  options: DecodeOptions,
): AsyncGenerator<string> {
  const pieces = piecesOf(chunks);
  let piece = (await pieces.next()).value as Uint8Array | undefined;
  if (!piece) return;
  const mark = byteOrderMarks.find(({ bytes }) => bytes.every((byte, i) => piece?.[i] === byte));
  let decoding = mark
    ? new Decoding(mark.encoding, options.name, 1)
    : options.encoding
      ? new Decoding(options.encoding, options.name, 1)
      : null;
  let line = 1;
  while (piece) {
    let next = (await pieces.next()).value as Uint8Array | undefined;
    if (!decoding && isAscii(piece)) {
      const text: string = new Decoding('utf-8', options.name, line).decode(piece, true);
      line += countLines(text);
      yield text;
    } else {
      if (!decoding) {
        if (next) {
          piece = Buffer.concat([piece, next]);
          next = (await pieces.next()).value as Uint8Array | undefined;
        }
        const encoding = encodingOf(piece, options.name, line);
        noteEncoding(options, encoding);
        decoding = new Decoding(encoding, options.name, line);
      }
      yield decoding.decode(piece, next === undefined);
    }
    piece = next;
  }
}
