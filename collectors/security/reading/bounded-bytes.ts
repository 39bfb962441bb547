import { createHash } from 'node:crypto';
import { InputError } from '../../contract.ts';
import { gunzip } from '../../records/reading/gunzip.ts';
import { reportLimits } from './limits.ts';
import { reportFault } from './report-fault.ts';

const megabyte = 1024 * 1024;

function tooLarge(fileName: string, limit: number) {
  const size = limit / megabyte;
  return reportFault(fileName, null, {
    zh: `超过 ${size} MB：请按资产或时间拆分`,
    en: `is larger than ${size} MB: split it by asset or by time`,
  });
}

/** Passes the bytes on; InputError beyond the limit. */
export async function* upTo(
  limit: number,
  chunks: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(fileName, limit);
    yield chunk;
  }
}

/** The bytes with what is known of them once all have passed. */
export function hashed(chunks: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { chunks: pass(), sha256: () => hash.digest('hex') };
}

/** The first bytes (fewer only at the end), and all bytes with them. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<{ readonly head: Uint8Array; readonly all: AsyncGenerator<Uint8Array> }> {
  const rest = chunks[Symbol.asyncIterator]();
  const waiting: Uint8Array[] = [];
  let size = 0;
  while (size < bytes) {
    const next = await rest.next();
    if (next.done) break;
    waiting.push(next.value);
    size += next.value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* waiting.splice(0);
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return { head: Buffer.concat(waiting).subarray(0, bytes), all: all() };
}

/** What is wrong with the compression, in both languages. */
async function* unpacked(chunks: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<Uint8Array> {
  try {
    yield* gunzip(chunks, fileName);
  } catch (error) {
    if (!(error instanceof InputError) || error.zh !== null) throw error;
    const zh = `${fileName}：gzip 数据不完整或已损坏：请重新导出或重新传输`;
    throw new InputError(error.message, { cause: error, zh });
  }
}

/** Decompressed where the bytes begin as gzip does. */
export async function inflated(chunks: AsyncIterable<Uint8Array>, fileName: string) {
  const { head, all } = await peek(chunks, 2);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  return isGzip ? upTo(reportLimits.streamBytes, unpacked(all, fileName), fileName) : all;
}
