import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '../../contract.ts';
import type { Mapping } from './mapping.ts';
import { parseMapping } from './mapping-yaml.ts';

/** A mapping read from disk, with the SHA-256 of its bytes. */
export async function readMappingFile(path: string): Promise<{ mapping: Mapping; sha256: string }> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new InputError(`mapping ${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      cause,
    });
  });
  const mapping = parseMapping(bytes.toString('utf8'), path);
  return { mapping, sha256: createHash('sha256').update(bytes).digest('hex') };
}
