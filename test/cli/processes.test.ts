import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../scratch-folder.ts';
import { ordersCsv, run, start } from './run.ts';

describe('several processes on one data folder', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, ...argv);
  const importAll = ['import', 'work-orders', 'many.csv', '--subject', 'lin'];

  before(async () => {
    folder.write('orders.csv', ordersCsv(25));
    folder.write('many.csv', ordersCsv(150_000));
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
  });

  it('sends a command to the process that serves the folder, which keeps serving', async () => {
    const server = start(folder.path, 'start', '--port', '0', '--no-sample', '--json');
    try {
      const [, address = ''] = await server.says(/"address":\s*"([^"]+)"/);
      assert.equal(statSync(join(folder.path, 'data', 'citygauge.lock')).mode & 0o777, 0o600);
      const imported = await cg('--json', 'import', 'work-orders', 'orders.csv', '--subject', 'lin');
      assert.equal(imported.exitCode, 0, imported.stderr);
      assert.equal(JSON.parse(imported.stdout).new, 25);
      const bad = await cg('evaluate', '--model', 'event-loop-2022', '--subject', 'lin', '--period', 'never');
      assert.deepEqual([bad.exitCode, bad.stdout], [2, '']);
      assert.match(bad.stderr, /period "never" does not parse/);
      const twice = await cg('start', '--port', '0');
      assert.deepEqual([twice.exitCode, twice.stdout], [2, '']);
      assert.match(
        twice.stderr,
        new RegExp(`is served already by process ${server.child.pid} at ${address}`),
      );
      const answer = await fetch(`${address}/api/v1/subjects`);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /"lin"/);
      const refused = await fetch(`${address}/control/run`, { method: 'POST', body: '{}' });
      assert.equal(refused.status, 403);
    } finally {
      server.child.kill('SIGTERM');
    }
    assert.equal((await server.ended).exitCode, 0);
  });

  it('aborts a command on the server when its client is interrupted', async () => {
    const server = start(folder.path, 'start', '--port', '0', '--no-sample', '--json');
    try {
      await server.says(/"address"/);
      const client = start(folder.path, ...importAll);
      await client.says(/: 10 %/);
      client.child.kill('SIGINT');
      const { exitCode, stderr } = await client.ended;
      assert.equal(exitCode, 2);
      assert.match(stderr, /interrupted; nothing was written, run the command again\n$/);
      assert.doesNotMatch(stderr, /\n\s+at /);
      const doctor = JSON.parse((await cg('--json', 'doctor')).stdout) as {
        what: { en: string };
        found: string;
      }[];
      assert.equal(doctor.find(({ what }) => what.en === 'Work orders')?.found, '25');
    } finally {
      server.child.kill('SIGTERM');
    }
    assert.equal((await server.ended).exitCode, 0);
  });

  it('finds a whole store after kill -9 in the middle of an import, which can be repeated', async () => {
    const killed = start(folder.path, ...importAll);
    await killed.says(/: 40 %/);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const doctor = JSON.parse((await cg('--json', 'doctor')).stdout) as {
      what: { en: string };
      found: string;
    }[];
    assert.equal(doctor.find(({ what }) => what.en === 'Work orders')?.found, '25');
    const again = JSON.parse((await cg('--json', ...importAll)).stdout);
    assert.deepEqual([again.new, again.unchanged], [149_975, 25]);
  });

  it('tells a second process who holds the folder when that one does not serve', async () => {
    const first = start(folder.path, ...importAll);
    await first.says(/: 10 %/);
    const second = await cg('subject', 'list');
    assert.equal(second.exitCode, 2);
    assert.match(second.stderr, new RegExp(`${first.child.pid}`));
    first.child.kill('SIGINT');
    const ended = await first.ended;
    assert.equal(ended.exitCode, 2);
    assert.match(ended.stderr, /interrupted; nothing was written, run the command again/);
    assert.equal((await cg('subject', 'list')).exitCode, 0);
  });
});
