import { rename, rm, writeFile } from 'node:fs/promises';
import { InputError } from '../collectors/contract.ts';
import { causeText } from './causes.ts';

interface NewFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Writes a file as a whole or not at all: to a temporary name beside it, then renamed. */
export const writeWhole = (path: string, content: string | Uint8Array) => writeTogether([{ path, content }]);

/** Writes files that belong together: none is there before the last one has found room. */
export async function writeTogether(files: readonly NewFile[]): Promise<void> {
  const temporary = (path: string) => `${path}.${process.pid}.tmp`;
  let at = '';
  try {
    for (const { path, content } of files) {
      at = path;
      await writeFile(temporary(path), content);
    }
    for (const { path } of files) {
      at = path;
      await rename(temporary(path), path);
    }
  } catch (cause) {
    for (const { path } of files) await rm(temporary(path), { force: true });
    throw new InputError(`${at}: cannot be written: ${causeText(cause)}`, { cause });
  }
}
