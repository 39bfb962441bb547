import { inflateSync } from 'node:zlib';
import { InputError } from '../../scoring/contract.ts';

/** Most that all streams of a report may unpack to. */
const largestContent = 256 * 1024 * 1024;

/**
 * Refuses a PDF whose streams would unpack to more than a report ever holds, before a reader unpacks them; reports use a
 * single filter, so a chain of filters is refused as well.
 */
export function refuseBombs(bytes: Uint8Array, limit: number = largestContent): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = limit;
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 6)) {
    if (file.toString('latin1', Math.max(0, at - 3), at) === 'end') continue;
    const dictionary = file.toString('latin1', Math.max(0, at - 400), at);
    if (/\/Filter\s*\[\s*\/\w+\s*\/\w+/.test(dictionary.slice(dictionary.lastIndexOf(' obj')))) {
      throw new InputError('the PDF packs a stream twice, which no report of CityGauge does');
    }
    const size = unpackedSize(file.subarray(at + 6 + (file[at + 6] === 0x0d ? 2 : 1)), left);
    if (size > left) {
      throw new InputError(`the PDF unpacks to more than the ${limit} bytes that a report may hold`);
    }
    left -= size;
  }
}

/** Infinity beyond `limit`; 0 for what is not packed or does not unpack. */
function unpackedSize(packed: Buffer, limit: number): number {
  if (((packed[0] ?? 0) & 0x0f) !== 8) return 0;
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, limit) }).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? Number.POSITIVE_INFINITY : 0;
  }
}
