import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { ExchangeClock } from '../network/exchange-clock.ts';
import { protocolFault, tooLarge } from '../network/network-faults.ts';

/** What compression may add to a body that does not compress. */
const framingBytes = 64 * 1024;

/** The decoder that a `content-encoding` asks for, chosen at the first byte; null = none; undefined = unknown. */
function decoderOf(encoding: string, first: number): Transform | null | undefined {
  const options = { chunkSize: 16 * 1024 };
  if (encoding === '' || encoding === 'identity') return null;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip(options);
  if (encoding === 'br') return createBrotliDecompress(options);
  // Some servers send deflate without its zlib header, whose low half-byte is always 8.
  if (encoding === 'deflate')
    return (first & 0x0f) === 8 ? createInflate(options) : createInflateRaw(options);
  return undefined;
}

/** The whole body, decompressed, at most `maxBytes` of it; NetworkFault for more, for damage and for an early end. */
export function wholeBody(
  response: IncomingMessage,
  maxBytes: number,
  clock: ExchangeClock,
): Promise<Uint8Array> {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let [wireBytes, bytes] = [0, 0];
    let decoder: Transform | null | undefined;
    const fail = (error: Error) => {
      response.destroy();
      decoder?.destroy();
      reject(clock.faultOf(error));
    };
    const keep = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) return fail(tooLarge(maxBytes, clock));
      chunks.push(chunk);
    };
    const done = () => {
      clock.finish();
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    };
    const begin = (first: number) => {
      decoder = decoderOf(encoding, first);
      if (decoder === undefined) {
        const name = encoding.slice(0, 40);
        fail(protocolFault({ zh: `未知的内容编码 ${name}`, en: `unknown content encoding ${name}` }, clock));
      }
      decoder?.on('data', keep).on('error', fail).on('end', done);
    };
    response.on('data', (chunk: Buffer) => {
      if (wireBytes === 0) begin(chunk[0] ?? 0);
      wireBytes += chunk.length;
      if (wireBytes > maxBytes + framingBytes) return fail(tooLarge(maxBytes, clock));
      if (!decoder) return keep(chunk);
      if (!decoder.write(chunk)) {
        response.pause();
        decoder.once('drain', () => response.resume());
      }
    });
    response.on('end', () => (decoder ? decoder.end() : done()));
    response.on('error', fail);
  });
}
