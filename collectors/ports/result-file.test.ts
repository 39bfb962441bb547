import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { processRunner } from './run-process.ts';

describe('a program that writes into a file', () => {
  const folder = scratchFolder();
  const { signal } = new AbortController();
  const limits = { timeoutMilliseconds: 5000, maxBytes: 1000, signal, fileArgument: '{file}' };
  const runner = processRunner({ PATH: process.env.PATH, TMPDIR: folder.path });

  it('gets a path of its own, and what it wrote comes back', async () => {
    const script = 'printf tide > "$1"; echo "$1"; stat -c %a "$(dirname "$1")"';
    const request = { ...limits, program: 'sh', args: ['-c', script, 'sh', '{file}'] };
    const { stdout, file } = await runner.run(request);
    const [path = '', mode] = Buffer.from(stdout).toString().split('\n');
    assert.deepEqual([Buffer.from(file ?? []).toString(), mode], ['tide', '700']);
    assert.ok(path.startsWith(`${folder.path}/`));
    assert.equal(existsSync(dirname(path)), false);
  });

  it('may leave none', async () => {
    const { file, exitCode } = await runner.run({ ...limits, program: 'true', args: ['{file}'] });
    assert.deepEqual([file, exitCode], [undefined, 0]);
  });

  it('may not write more than the bound, and leaves nothing behind whatever happens', async () => {
    const script = 'head -c 1001 /dev/zero > "$1"';
    const args = ['-c', script, 'sh', '{file}'];
    const error = await rejectionOf(runner.run({ ...limits, program: 'sh', args }));
    assert.equal(
      error.message,
      'sh wrote a file of more than 1000 bytes: let it write less, or raise the limit',
    );
    await rejectionOf(runner.run({ ...limits, program: 'no-such-program', args: [] }));
    assert.ok(statSync(folder.path).isDirectory());
    assert.deepEqual(readdirSync(folder.path), []);
  });
});
