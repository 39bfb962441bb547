import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { InputError } from '../contract.ts';
import { filesFrom, secretsFrom } from './settings-file.ts';

describe('files and secrets that settings name', () => {
  const folder = scratchFolder();
  const files = filesFrom(folder.path);
  const secret = secretsFrom({ TOKEN: 't0ken', EMPTY: '' }, files);

  async function faultOf(promise: Promise<unknown>): Promise<string> {
    const error = await rejectionOf(promise);
    assert.ok(error instanceof InputError, error.stack);
    return error.message;
  }

  it('are seen from the folder of the settings', async () => {
    const path = folder.write('capacity.csv', 'pool,used\n');
    assert.deepEqual([files.resolve('capacity.csv'), files.resolve('/etc/hosts')], [path, '/etc/hosts']);
    assert.equal(Buffer.from(await files.read('capacity.csv', 10)).toString(), 'pool,used\n');
    assert.equal((await files.stat('capacity.csv')).size, 10);
  });

  it('say what is wrong with them', async () => {
    const at = (name: string) => join(folder.path, name);
    assert.match(
      await faultOf(files.read('none.csv', 10)),
      /none\.csv: there is no such file: check the path/,
    );
    assert.equal(await faultOf(files.read('.', 10)), `${folder.path}: is a folder: name a file`);
    folder.write('large.csv', '12345678901');
    assert.equal(
      await faultOf(files.read('large.csv', 10)),
      `${at('large.csv')} is larger than 10 bytes: split it, or raise the limit`,
    );
    assert.match(await faultOf(files.read('/proc/self/environ', 1)), /is larger than 1 bytes/);
    execFileSync('mkfifo', [at('pipe')]);
    assert.equal(await faultOf(files.read('pipe', 10)), `${at('pipe')}: is a pipe or a device: name a file`);
    assert.match(await faultOf(files.stat('none.csv')), /there is no such file/);
  });

  it('say so in Chinese, too, for the reason of a run', async () => {
    const fault = await rejectionOf(files.read('none.csv', 10));
    assert.ok(fault instanceof InputError);
    assert.match(fault.zh ?? '', /none\.csv：文件不存在：请检查路径/);
  });

  it('give the secret of a variable or a file', async () => {
    folder.write('password', 'p@ss word\r\n');
    assert.deepEqual(
      [await secret({ env: 'TOKEN' }), await secret({ file: 'password' })],
      ['t0ken', 'p@ss word'],
    );
  });

  it('name the variable or file of a secret that is missing', async () => {
    assert.equal(
      await faultOf(secret({ env: 'EMPTY' })),
      'the environment variable EMPTY, named as a secret, is not set: set it and start again',
    );
    folder.write('nothing', '\n');
    assert.match(
      await faultOf(secret({ file: 'nothing' })),
      /nothing, named as the file of a secret, is empty/,
    );
  });
});
