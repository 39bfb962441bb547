import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../contract.ts';
import type { SpecFile } from './read/read-slos.ts';

/** Largest spec file that is read, in bytes. */
const largestFile = 64 * 1024 * 1024;

async function yamlFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const files = await yamlFilesIn(path);
    if (files.length === 0) throw new InputError(`${path}: the folder holds no .yaml or .yml file`);
    return files;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path}: cannot be read; name a spec file or a folder of them`, { cause: error });
  }
}

async function readSpec(path: string): Promise<SpecFile> {
  try {
    const { size } = await stat(path);
    if (size > largestFile) throw new InputError(`${path}: ${size} bytes; at most ${largestFile} are read`);
    const bytes = await readFile(path);
    return { name: path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const isText = error instanceof TypeError;
    throw new InputError(`${path}: ${isText ? 'is no UTF-8 text; save it as UTF-8' : 'cannot be read'}`, {
      cause: error,
    });
  }
}

/** Texts of spec files and of all .yaml and .yml files below folders, each once, in the order named. */
export async function readSpecFiles(paths: readonly string[]): Promise<SpecFile[]> {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  return Promise.all([...new Set(files)].map(readSpec));
}
