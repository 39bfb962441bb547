import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../collectors/contract.ts';
import { causeText } from '../causes.ts';
import { writeWhole } from '../whole-file.ts';

/** What became of a folder: paths seen from it, sorted. */
export interface FolderOutcome {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Files that earlier builds wrote: known by their names, nothing else is touched. */
const ownName = /^citygauge-[a-z0-9-]+\.json$/;

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function removeStale(folder: string, below: string, keep: ReadonlySet<string>): Promise<string[]> {
  const stale = (await readdir(join(folder, below)))
    .filter((name) => ownName.test(name))
    .map((name) => `${below}/${name}`)
    .filter((path) => !keep.has(path));
  for (const path of stale) await rm(join(folder, path));
  return stale.sort();
}

/**
 * Makes the folder hold these files: each as a whole by rename, none that is the same already; dashboards of earlier builds
 * in `dashboardsBelow` are taken away. InputError when it cannot be written.
 */
export async function writeDashboardsFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  dashboardsBelow: string,
): Promise<FolderOutcome> {
  const written: string[] = [];
  const unchanged: string[] = [];
  try {
    for (const [path, text] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const full = join(folder, path);
      if ((await textOf(full)) === text) {
        unchanged.push(path);
        continue;
      }
      await mkdir(dirname(full), { recursive: true });
      await writeWhole(full, text);
      written.push(path);
    }
    return { written, unchanged, removed: await removeStale(folder, dashboardsBelow, new Set(files.keys())) };
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`--out ${folder}: ${causeText(cause)}: name a folder that you may write`, { cause });
  }
}
