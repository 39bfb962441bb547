import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError, yamlLimits } from '../../contract.ts';
import type { Mapping } from './mapping.ts';
import { parseMapping } from './mapping-yaml.ts';

/** A character of UTF-8 takes at most four bytes, so that no mapping within the limit is longer. */
const maxBytes = 4 * yamlLimits.characters;

async function readBytes(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: maxBytes }) as AsyncIterable<Buffer>)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A mapping read from disk, with the SHA-256 of its bytes. */
export async function readMappingFile(path: string): Promise<{ mapping: Mapping; sha256: string }> {
  const bytes = await readBytes(path).catch((cause: unknown) => {
    throw new InputError(`mapping ${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      cause,
    });
  });
  if (bytes.length > maxBytes) {
    throw new InputError(`mapping ${path} is longer than ${maxBytes} bytes: name a mapping file`);
  }
  const mapping = parseMapping(bytes.toString('utf8'), path);
  return { mapping, sha256: createHash('sha256').update(bytes).digest('hex') };
}
