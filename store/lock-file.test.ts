import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../collectors/contract.ts';
import { acquireLock, type FolderLock, readLock, updateLock } from './lock-file.ts';

const moduleUrl = new URL('./lock-file.ts', import.meta.url).href;

/** Takes the lock under a wide-open umask, says so or why not, and holds it until its input ends. */
const holderScript = `
  process.umask(0);
  const { acquireLock } = await import(${JSON.stringify(moduleUrl)});
  process.stdin.resume();
  try {
    acquireLock(process.argv[1]);
    process.stdout.write('held\\n');
  } catch (cause) {
    process.stdout.write('refused ' + cause.name + ' ' + cause.message + '\\n');
  }`;

describe('lock of a data folder', () => {
  let folder: string;
  let lockPath: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'citygauge-lock-'));
    lockPath = join(folder, 'citygauge.lock');
  });

  afterEach(async () => {
    for (const child of children.splice(0)) {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await ended;
      }
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function startHolder(): Promise<{ child: ChildProcess; answer: string }> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', holderScript, folder], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    children.push(child);
    const [text] = await once(child.stdout as NodeJS.ReadableStream, 'data');
    return { child, answer: String(text).trim() };
  }

  const onDisk = () => JSON.parse(readFileSync(lockPath, 'utf8')) as FolderLock;
  const place = (lock: FolderLock) => writeFileSync(lockPath, JSON.stringify(lock));

  it('names its process, is readable by the owner only, and goes with release', () => {
    const held = acquireLock(folder);
    assert.equal(statSync(lockPath).mode & 0o777, 0o600);
    const { pid, address, token } = onDisk();
    assert.deepEqual({ pid, address, token }, { pid: process.pid, address: null, token: null });
    held.release();
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(readLock(folder), null);
  });

  it('refuses a second process, naming folder, pid and remedy, and has mode 0600 whatever the umask', async () => {
    const { child, answer } = await startHolder();
    assert.equal(answer, 'held');
    assert.equal(statSync(lockPath).mode & 0o777, 0o600);
    assert.throws(
      () => acquireLock(folder),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(
          error.message,
          new RegExp(`^The data folder ${folder} is in use by process ${child.pid} since`),
        );
        assert.match(error.message, /stop it, or name another folder with --data\.$/);
        return true;
      },
    );
    assert.equal(readLock(folder)?.pid, child.pid);
  });

  it('refuses its own process a second time', () => {
    acquireLock(folder);
    assert.throws(() => acquireLock(folder), InputError);
  });

  it('is taken over from a killed process', async () => {
    const { child } = await startHolder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(readLock(folder), null);
    acquireLock(folder);
    assert.equal(onDisk().pid, process.pid);
  });

  it('is taken over when its pid now belongs to a later process', async () => {
    const { child } = await startHolder();
    const lock = onDisk();
    assert.notEqual(lock.process, null);
    place({ ...lock, process: `${lock.process}0` });
    acquireLock(folder);
    assert.notEqual(child.pid, process.pid);
    assert.equal(onDisk().pid, process.pid);
  });

  it('is respected when it was taken on another machine, whose processes cannot be seen', () => {
    acquireLock(folder);
    place({ ...onDisk(), host: 'elsewhere', pid: 4_000_000 });
    assert.throws(() => acquireLock(folder), {
      name: 'InputError',
      message: new RegExp(`on the machine elsewhere .* or delete ${lockPath} when it no longer runs`),
    });
  });

  it('is refused when damaged, naming the file', () => {
    writeFileSync(lockPath, '{"pid": "many"}');
    assert.throws(() => acquireLock(folder), {
      name: 'InputError',
      message: new RegExp(`${lockPath} is damaged: .* delete the file`),
    });
  });

  it('publishes where its process answers, and keeps its mode', () => {
    acquireLock(folder);
    updateLock(folder, 'http://127.0.0.1:8080', 'secret');
    const lock = readLock(folder);
    assert.deepEqual(
      [lock?.pid, lock?.address, lock?.token],
      [process.pid, 'http://127.0.0.1:8080', 'secret'],
    );
    assert.equal(statSync(lockPath).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['citygauge.lock']);
  });

  it('is updated and released by its own process only', async () => {
    const mine = acquireLock(folder);
    place({ ...onDisk(), process: 'another boot' });
    assert.throws(() => updateLock(folder, 'http://127.0.0.1:1', 'x'), RangeError);
    mine.release();
    assert.deepEqual(readdirSync(folder), ['citygauge.lock']);
  });

  it('goes to exactly one of several processes that find it stale', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']);
    acquireLock(folder);
    place({ ...onDisk(), pid: gone.pid, process: 'gone' });
    const answers = await Promise.all([startHolder(), startHolder(), startHolder(), startHolder()]);
    const winners = answers.filter(({ answer }) => answer === 'held');
    assert.equal(winners.length, 1);
    assert.equal(onDisk().pid, winners[0]?.child.pid);
    for (const { answer } of answers.filter((each) => each !== winners[0])) {
      assert.match(
        answer,
        /^refused InputError (The data folder .* is in use|Another process is just opening)/,
      );
    }
    assert.deepEqual(readdirSync(folder), ['citygauge.lock']);
  });

  it('cannot be taken where no folder can be made', () => {
    writeFileSync(join(folder, 'file'), '');
    assert.throws(() => acquireLock(join(folder, 'file', 'data')), {
      name: 'InputError',
      message: /cannot be made: name another one with --data/,
    });
    assert.equal(readLock(join(folder, 'file', 'data')), null);
    assert.equal(readLock(join(folder, 'none')), null);
  });
});
