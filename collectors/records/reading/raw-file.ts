import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { InputError } from '../../contract.ts';

/** A file on disk, read once from front to back while its bytes are counted and hashed. */
export interface RawFile {
  /** Where its bytes are: a path, or the bytes themselves. */
  readonly source: string | Uint8Array;
  /** As the user knows it: an upload lies under another path. */
  readonly name: string;
  readonly totalBytes: number;
  /** The first bytes, at most 4096, for telling the format. */
  readonly head: Uint8Array;
  readonly bytesRead: () => number;
  readonly chunks: () => AsyncGenerator<Uint8Array>;
  /** Lower-case hex; throws before the last chunk was read, for it would not be the file's. */
  readonly sha256: () => string;
}

const headBytes = 4096;
const chunkBytes = 256 * 1024;

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: check the path',
  EACCES: 'may not be read: check its permissions',
  EISDIR: 'is a folder: name one file in it',
};

function faultOf(name: string, cause: unknown): InputError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return new InputError(`${name} ${remedies[code] ?? `cannot be read (${code || String(cause)})`}`, {
    cause,
  });
}

async function readHead(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function sizeAndHead(source: string | Uint8Array, name: string) {
  if (typeof source !== 'string') return { totalBytes: source.length, head: source.subarray(0, headBytes) };
  try {
    const status = await stat(source);
    if (status.isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR' });
    return { totalBytes: status.size, head: await readHead(source) };
  } catch (cause) {
    throw faultOf(name, cause);
  }
}

function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** A file at a path, or one whose bytes are at hand; InputError when the path is absent, unreadable or a folder. */
export async function openRawFile(
  source: string | Uint8Array,
  name: string,
  signal?: AbortSignal,
): Promise<RawFile> {
  const { totalBytes, head } = await sizeAndHead(source, name);
  const hash = createHash('sha256');
  let count = 0;
  let digest: string | null = null;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const stream =
      typeof source === 'string'
        ? createReadStream(source, { highWaterMark: chunkBytes, ...(signal ? { signal } : {}) })
        : slicesOf(source);
    for await (const chunk of stream as AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
      count += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
    digest = hash.digest('hex');
  }
  const sha256 = () => {
    if (digest === null) throw new Error(`${name} has not been read to its end`);
    return digest;
  };
  return { source, name, totalBytes, head, bytesRead: () => count, chunks, sha256 };
}
