import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ScratchFolder {
  readonly path: string;
  /** Writes a file into the folder and returns its path. */
  readonly write: (name: string, contents: string | Uint8Array) => string;
}

/** A folder that lives as long as the tests of the surrounding `describe`; call it inside one. */
export function scratchFolder(): ScratchFolder {
  const path = mkdtempSync(join(tmpdir(), 'citygauge-test-'));
  after(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, contents: string | Uint8Array) => {
    const file = join(path, name);
    writeFileSync(file, contents);
    return file;
  };
  return { path, write };
}

/** The error that a promise is rejected with; fails when it is not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('the promise was expected to be rejected');
}
