import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../../../contract.ts';

const chunkBytes = 4 * 1024 * 1024;
/** What one packed or recoded file may grow to: a hundred times the largest seen, and short of filling a disk. */
const mostBytes = 20 * 1024 ** 3;

export interface TextSource {
  readonly path: string;
  /** WHATWG name, as TextDecoder gives it back. */
  readonly encoding: string;
  readonly isPacked: boolean;
}

/** InputError, with its line, where the bytes are not UTF-8. Reads the whole file, several gigabytes a second. */
export async function requireUtf8(path: string): Promise<void> {
  let rest = Buffer.alloc(0);
  let start = 0;
  for await (const piece of createReadStream(path, { highWaterMark: chunkBytes })) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : (piece as Buffer);
    const whole = bytes.subarray(0, wholeCharacters(bytes));
    if (!isUtf8(whole)) throw notUtf8(path, 1 + (await linesBefore(path, start)) + badLine(whole));
    start += whole.length;
    rest = Buffer.from(bytes.subarray(whole.length));
  }
  if (!isUtf8(rest)) throw notUtf8(path, 1 + (await linesBefore(path, start)));
}

/** Where the last character that may be cut off begins, else the end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

/** Lines before the first that is not UTF-8. */
function badLine(bytes: Buffer): number {
  let lines = 0;
  for (let from = 0; from < bytes.length; lines += 1) {
    const found = bytes.indexOf(10, from);
    const to = found === -1 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(from, to))) return lines;
    from = to + 1;
  }
  return lines;
}

/** Counted for a fault alone: on the way it would take longer than looking at the bytes. */
async function linesBefore(path: string, end: number): Promise<number> {
  let lines = 0;
  if (end === 0) return lines;
  for await (const bytes of createReadStream(path, { end: end - 1, highWaterMark: chunkBytes })) {
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  }
  return lines;
}

function notUtf8(path: string, line: number): InputError {
  return new InputError(
    `${path}: line ${line} is not UTF-8: give the file's encoding, for example encoding: gb18030`,
    {
      zh: `${path}：第 ${line} 行不是 UTF-8 编码：请用 encoding 指明文件编码，例如 encoding: gb18030`,
    },
  );
}

/** Writes the file unpacked and as UTF-8; InputError where bytes are not of the encoding or the packing is broken. */
export async function recode({ path, encoding, isPacked }: TextSource, target: string): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let bytes = 0;
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      try {
        if (bytes > mostBytes)
          throw new InputError(`${path}: more than ${mostBytes / 1024 ** 3} GiB unpacked`);
        done(null, decoder.decode(chunk, { stream: true }));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, decoder.decode());
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const source = createReadStream(path, { highWaterMark: chunkBytes });
  try {
    const unpacked = isPacked ? source.pipe(createGunzip({ chunkSize: chunkBytes })) : source;
    source.once('error', (error) => unpacked.destroy(error));
    await pipeline(Readable.from(unpacked, { objectMode: false }), decode, createWriteStream(target));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable({ path, encoding, isPacked }, error as NodeJS.ErrnoException);
  } finally {
    source.destroy();
  }
}

function unreadable({ path, encoding }: TextSource, error: NodeJS.ErrnoException): InputError {
  const { code = '' } = error;
  if (code.startsWith('Z_') || /header|unexpected end of file/.test(error.message))
    return new InputError(`${path}: the gzip file is broken or cut off (${error.message}): pack it again`, {
      zh: `${path}：gzip 文件已损坏或不完整（${error.message}）：请重新压缩`,
    });
  if (error instanceof TypeError)
    return new InputError(`${path}: not ${encoding}: give the file's encoding with encoding:`, {
      zh: `${path}：文件不是 ${encoding} 编码：请用 encoding 指明文件编码`,
    });
  return new InputError(`${path}: cannot be read: ${error.message}`, {
    zh: `${path}：无法读取：${error.message}`,
  });
}
