import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../collectors/contract.ts';

const lockSchema = z.object({
  pid: z.number().int().positive(),
  /** ISO instant. */
  startedAt: z.string(),
  /** Where the process answers, `http://127.0.0.1:8080`; null while it does not serve. */
  address: z.string().nullable(),
  /** Secret that a client must show; null while the process does not serve. */
  token: z.string().nullable(),
  host: z.string(),
  /** Tells this process from a later one with the same pid; null where the system does not say. */
  process: z.string().nullable(),
});

/** Who holds a data folder. The file is readable by its owner only, for it carries the token. */
export type FolderLock = z.infer<typeof lockSchema>;

export interface HeldLock {
  release(): void;
}

/** A takeover takes microseconds; a guard this old was left by a process that died in it. */
const guardSeconds = 10;

const lockPath = (dataFolder: string) => join(dataFolder, 'citygauge.lock');

/** The lock of a folder, whether or not its process still lives; null when there is none. */
function readLockFile(dataFolder: string): FolderLock | null {
  let text: string;
  try {
    text = readFileSync(lockPath(dataFolder), 'utf8');
  } catch (cause) {
    if (hasCode(cause, 'ENOENT') || hasCode(cause, 'ENOTDIR')) return null;
    throw new InputError(
      `The lock ${lockPath(dataFolder)} cannot be read by this user: run as the user who started CityGauge.`,
      { cause },
    );
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new InputError(
      `The lock ${lockPath(dataFolder)} is damaged: make sure that no CityGauge uses the folder, then delete the file.`,
      { cause },
    );
  }
}

/** The lock of the running process that holds the folder; null when nobody does. */
export function readLock(dataFolder: string): FolderLock | null {
  const lock = readLockFile(dataFolder);
  return lock && isHeld(lock) ? lock : null;
}

/** Takes the folder for this process, making it when it is new; InputError when another running process holds it. */
export function acquireLock(dataFolder: string): HeldLock {
  makeFolder(dataFolder);
  const own: FolderLock = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    address: null,
    token: null,
    host: hostname(),
    process: identifyProcess('self'),
  };
  if (!placeLock(dataFolder, own)) {
    refuseIfHeld(dataFolder);
    takeOver(dataFolder, own);
  }
  return { release: () => releaseLock(dataFolder) };
}

/** Publishes where the process that holds the folder answers; RangeError when it is not this one. */
export function updateLock(dataFolder: string, address: string | null, token: string | null): void {
  const lock = readLockFile(dataFolder);
  if (!lock || !isOwn(lock)) throw new RangeError(`this process does not hold ${lockPath(dataFolder)}`);
  const temporary = writeBeside(dataFolder, { ...lock, address, token });
  renameSync(temporary, lockPath(dataFolder));
}

function releaseLock(dataFolder: string): void {
  const lock = readLockFile(dataFolder);
  if (lock && isOwn(lock)) rmSync(lockPath(dataFolder), { force: true });
}

function makeFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new InputError(`The data folder ${dataFolder} cannot be made: name another one with --data.`, {
      cause,
    });
  }
}

/** Puts the complete file in place in one step (a link never replaces); false when there is one already. */
function placeLock(dataFolder: string, lock: FolderLock): boolean {
  const temporary = writeBeside(dataFolder, lock);
  try {
    linkSync(temporary, lockPath(dataFolder));
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw new InputError(
      `The data folder ${dataFolder} lies on a disk without hard links: name a folder on a local disk with --data.`,
      { cause },
    );
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The mode is given at creation, so that nobody else can open the file even for a moment. */
function writeBeside(dataFolder: string, lock: FolderLock): string {
  const path = `${lockPath(dataFolder)}.${randomUUID()}`;
  try {
    writeFileSync(path, `${JSON.stringify(lock)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    rmSync(path, { force: true });
    throw new InputError(
      `The data folder ${dataFolder} cannot be written (${(cause as Error).message.split(',')[0]}): free some space, ` +
        'change its owner, or name another one with --data.',
      { cause },
    );
  }
  return path;
}

/** Only one process at a time may judge a lock stale and replace it: the guard is a folder, made in one step. */
function takeOver(dataFolder: string, own: FolderLock): void {
  const guard = `${lockPath(dataFolder)}.takeover`;
  clearOldGuard(guard);
  try {
    mkdirSync(guard);
  } catch (cause) {
    throw new InputError(`Another process is just opening ${dataFolder}: repeat in a moment.`, { cause });
  }
  try {
    refuseIfHeld(dataFolder);
    rmSync(lockPath(dataFolder), { force: true });
    if (!placeLock(dataFolder, own)) refuseIfHeld(dataFolder);
  } finally {
    rmdirSync(guard);
  }
}

function clearOldGuard(guard: string): void {
  try {
    if (Date.now() - statSync(guard).mtimeMs > guardSeconds * 1000) rmdirSync(guard);
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) throw cause;
  }
}

function refuseIfHeld(dataFolder: string): void {
  const lock = readLockFile(dataFolder);
  if (!lock || !isHeld(lock)) return;
  const elsewhere = lock.host === hostname() ? '' : ` on the machine ${lock.host}`;
  const remedy = elsewhere
    ? `stop it there, or delete ${lockPath(dataFolder)} when it no longer runs`
    : 'stop it, or name another folder with --data';
  throw new InputError(
    `The data folder ${dataFolder} is in use by process ${lock.pid}${elsewhere} since ${lock.startedAt}: ${remedy}.`,
  );
}

/** A process on another machine cannot be looked at from here and counts as running. */
function isHeld(lock: FolderLock): boolean {
  if (lock.host !== hostname()) return true;
  if (!isRunning(lock.pid)) return false;
  const now = identifyProcess(lock.pid);
  return lock.process === null || now === null || lock.process === now;
}

function isOwn(lock: FolderLock): boolean {
  return lock.pid === process.pid && lock.host === hostname() && lock.process === identifyProcess('self');
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return hasCode(cause, 'EPERM');
  }
}

/** Boot, process namespace and start tick of a process, where /proc has them: a reused pid differs in the tick. */
function identifyProcess(pid: number | 'self'): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const space = readlinkSync('/proc/self/ns/pid');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; the start tick is field 22, the 20th after it.
    const tick = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return tick === undefined ? null : `${boot} ${space} ${tick}`;
  } catch {
    return null;
  }
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
