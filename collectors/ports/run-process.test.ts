import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { processRunner } from './run-process.ts';

const { signal } = new AbortController();
const limits = { timeoutMilliseconds: 5000, maxBytes: 100_000, signal };

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return readFileSync(`/proc/${id}/stat`, 'utf8').split(' ')[2] !== 'Z';
  } catch {
    return false;
  }
}

describe('running a program', () => {
  const folder = scratchFolder();
  const runner = processRunner({ PATH: process.env.PATH, CITY_TOKEN: 't0ken' });

  it('gives its output, without a shell and without our secrets', async () => {
    const given = await runner.run({ ...limits, program: 'cat', args: [], input: '$HOME; ls' });
    assert.deepEqual([given.exitCode, Buffer.from(given.stdout).toString()], [0, '$HOME; ls']);
    const { stdout } = await runner.run({ ...limits, program: 'env', args: [] });
    assert.match(Buffer.from(stdout).toString(), /^LC_ALL=C$/m);
    assert.doesNotMatch(Buffer.from(stdout).toString(), /t0ken/);
  });

  it('gives the exit code and the complaint', async () => {
    const { exitCode, stderr } = await runner.run({
      ...limits,
      program: 'sh',
      args: ['-c', 'echo no >&2; exit 7'],
    });
    assert.deepEqual([exitCode, stderr], [7, 'no\n']);
  });

  it('ends all that the program started at the timeout', async () => {
    const file = join(folder.path, 'child');
    const request = {
      ...limits,
      program: 'sh',
      args: ['-c', `sleep 60 & echo $! > ${file}; wait`],
      timeoutMilliseconds: 200,
    };
    const error = await rejectionOf(runner.run(request));
    assert.equal(
      error.message,
      'sh was not done within 0.2 s and was killed: check what it waits for, or allow more time',
    );
    const child = Number(readFileSync(file, 'utf8'));
    for (let tries = 0; tries < 100 && isAlive(child); tries += 1) await sleep(10);
    assert.equal(isAlive(child), false);
  });

  it('ends a program that writes too much, and one whose run is stopped', async () => {
    const much = await rejectionOf(runner.run({ ...limits, program: 'yes', args: [] }));
    assert.match(much.message, /^yes wrote more than 100000 bytes and was killed/);
    const stopped = runner.run({
      ...limits,
      program: 'sleep',
      args: ['60'],
      signal: AbortSignal.timeout(50),
    });
    assert.equal((await rejectionOf(stopped)).message, 'sleep was killed: the run was stopped');
  });

  it('knows what is installed', async () => {
    assert.deepEqual([await runner.exists('sh'), await runner.exists('no-such-program')], [true, false]);
    const error = await rejectionOf(runner.run({ ...limits, program: 'no-such-program', args: [] }));
    assert.equal(error.message, 'no-such-program cannot be started (ENOENT): is it installed?');
  });
});
