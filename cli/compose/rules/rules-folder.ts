import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../../collectors/contract.ts';
import { causeText } from '../../causes.ts';
import { writeWhole } from '../../whole-file.ts';
import { anyGenerated } from './generated-files.ts';
import { generatedLine } from './rule-texts.ts';

const ours = /\.(?:rules|test)\.yaml$/;
/** In what a folder differs from what would be written now; names in order. */
export interface FolderDifference {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Written by an earlier run, of a promise that is gone. */
  readonly left: readonly string[];
}

/** Files that we wrote, by name; empty when the folder is absent. */
async function writtenFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw new InputError(`${folder}: cannot be read: ${causeText(cause)}`, { cause });
  });
  const files = new Map<string, string>();
  for (const name of names.filter((each) => ours.test(each)).sort()) {
    files.set(name, await readFile(join(folder, name), 'utf8'));
  }
  return files;
}

export async function differenceOf(
  folder: string,
  expected: ReadonlyMap<string, string>,
): Promise<FolderDifference> {
  const found = await writtenFiles(folder);
  const names = [...expected.keys()].sort();
  return {
    missing: names.filter((name) => !found.has(name)),
    changed: names.filter((name) => found.has(name) && found.get(name) !== expected.get(name)),
    left: [...found].flatMap(([name, text]) =>
      !expected.has(name) && text.startsWith(generatedLine) ? [name] : [],
    ),
  };
}

/** Writes what is missing or changed, whole files by rename, and removes what an earlier run left; InputError when a file of that name is not ours. */
export async function writeRules(
  folder: string,
  expected: ReadonlyMap<string, string>,
): Promise<FolderDifference> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new InputError(`${folder}: cannot be made: ${causeText(cause)}`, { cause });
  });
  const found = await writtenFiles(folder);
  const foreign = [...expected.keys()].filter(
    (name) => found.has(name) && !found.get(name)?.startsWith(anyGenerated),
  );
  if (foreign.length > 0) {
    throw new InputError(
      foreign.map((name) => `${join(folder, name)} was not generated: move it away, or name another folder`),
    );
  }
  const difference = await differenceOf(folder, expected);
  for (const name of [...difference.missing, ...difference.changed]) {
    await writeWhole(join(folder, name), expected.get(name) ?? '');
  }
  for (const name of difference.left) await rm(join(folder, name));
  return difference;
}
