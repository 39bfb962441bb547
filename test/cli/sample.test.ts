import assert from 'node:assert/strict';
import { scratchFolder } from '../scratch-folder.ts';
import { run, start } from './run.ts';

describe('the sample city', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, ...argv);

  async function subjectsAfterStart(isMarked: boolean): Promise<number> {
    const server = start(folder.path, 'start', '--port', '0', '--json');
    const [, address = ''] = await server.says(/"address":\s*"([^"]+)"/);
    assert.equal((await (await fetch(address)).text()).includes('示例数据'), isMarked);
    server.child.kill('SIGTERM');
    assert.equal((await server.ended).exitCode, 0);
    return JSON.parse((await cg('--json', 'subject', 'list')).stdout).length;
  }

  it('fills the first start, marked as sample on the page, and is gone for good once removed', async () => {
    assert.equal(await subjectsAfterStart(true), 5);
    const subjects = JSON.parse((await cg('--json', 'subject', 'list')).stdout) as { isSample: boolean }[];
    assert.ok(subjects.every((subject) => subject.isSample));
    const removed = JSON.parse((await cg('--json', 'sample', 'remove')).stdout);
    assert.equal(removed.subjects, 5);
    assert.ok(removed.records > 10_000, String(removed.records));
    assert.equal(await subjectsAfterStart(false), 0);
  });

  it('comes to the same evaluations on the same day', async () => {
    const gradesOf = async () =>
      (
        JSON.parse((await cg('--json', 'subject', 'show', 'sample')).stdout).evaluations as {
          sha256: string;
        }[]
      )
        .map(({ sha256 }) => sha256)
        .sort();
    await cg('sample', 'add', '--today', '2026-11-20');
    const first = await gradesOf();
    await cg('sample', 'remove');
    await cg('sample', 'add', '--today', '2026-11-20');
    assert.ok(first.length > 10);
    assert.deepEqual(await gradesOf(), first);
  });
});
