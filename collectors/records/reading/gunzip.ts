import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../contract.ts';

/** Inflates a gzip stream with bounded memory; a truncated or damaged one ends in an InputError. */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false });
  const inflate = createGunzip({ chunkSize: 64 * 1024 });
  source.on('error', (cause) => inflate.destroy(cause));
  try {
    yield* source.pipe(inflate) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'Z_BUF_ERROR') {
      throw new InputError(`${name} ends in the middle of its gzip data: it is truncated, fetch it again`, {
        cause,
      });
    }
    if (code?.startsWith('Z_')) {
      throw new InputError(`${name} holds damaged gzip data (${code}): fetch it again`, { cause });
    }
    throw cause;
  } finally {
    source.destroy();
    inflate.destroy();
  }
}
