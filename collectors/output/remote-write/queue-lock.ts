import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../contract.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is alive all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Two senders on one queue would send everything twice and out of order: InputError when another process has it. */
export async function takeQueue(folder: string): Promise<void> {
  const path = join(folder, 'lock');
  const text = await readFile(path, 'utf8').catch(() => '');
  const holder = Number(text);
  if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new InputError(
      `remote write queue ${folder} is used by process ${holder}: stop it, or name another folder with --data`,
    );
  }
  await writeFile(path, String(process.pid), { mode: 0o600 });
}

export async function releaseQueue(folder: string): Promise<void> {
  await rm(join(folder, 'lock'), { force: true });
}
