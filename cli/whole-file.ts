import { rename, rm, writeFile } from 'node:fs/promises';
import { InputError } from '../collectors/contract.ts';
import { causeText } from './causes.ts';

/** Writes a file as a whole or not at all: to a temporary name beside it, then renamed. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new InputError(`${path}: cannot be written: ${causeText(cause)}`, { cause });
  }
}
