import assert from 'node:assert/strict';
import { scratchFolder } from '../scratch-folder.ts';
import { run, start } from './run.ts';

interface Summary {
  readonly model: string;
  readonly period: string;
  readonly sha256: string;
}

const newestFirst = (a: Summary, b: Summary) => (a.period < b.period ? 1 : -1);

describe('the sample city', function () {
  this.timeout(240_000);
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, ...argv);
  const today = new Date().toISOString().slice(0, 10);
  let filled: readonly Summary[] = [];

  const subjects = async () =>
    JSON.parse((await cg('--json', 'subject', 'list')).stdout) as { isSample: boolean }[];
  const hashesOf = (all: readonly Summary[]) => all.map(({ sha256 }) => sha256).sort();

  /** Starts the server, notes the city's operations evaluations, ends it, and says whether its first page is marked as sample. */
  async function startAndEnd(): Promise<boolean> {
    const server = start(folder.path, 'start', '--port', '0', '--json');
    const [, address = ''] = await server.says(/"address":\s*"([^"]+)"/);
    const page = await (await fetch(address)).text();
    const query = 'model=citygauge-operations&subject=sample';
    const answer = await fetch(`${address}/api/v1/evaluations?${query}`);
    filled = ((await answer.json()) as { items: Summary[] }).items;
    server.child.kill('SIGTERM');
    assert.equal((await server.ended).exitCode, 0);
    return page.includes('示例数据');
  }

  it('fills the first start, marked as sample on the page', async () => {
    assert.equal(await startAndEnd(), true);
    const all = await subjects();
    assert.equal(all.length, 5);
    assert.ok(all.every(({ isSample }) => isSample));
    assert.equal(filled.length, 15);
  });

  it('comes to the same evaluation when the last month of the operations model is evaluated again', async () => {
    const months = filled.filter(({ period }) => !period.includes('Q')).toSorted(newestFirst);
    for (const { model, period, sha256 } of months.slice(0, 1)) {
      const again = await cg(
        '--json',
        'evaluate',
        '--model',
        model,
        '--subject',
        'sample',
        '--period',
        period,
      );
      assert.deepEqual([period, JSON.parse(again.stdout).sha256], [period, sha256]);
    }
  });

  it('comes to the same evaluations when it is filled again on the same day', async () => {
    const first = hashesOf(filled);
    await cg('sample', 'add', '--today', today);
    await startAndEnd();
    assert.deepEqual(hashesOf(filled), first);
  });

  it('is gone for good once removed', async () => {
    const removed = JSON.parse((await cg('--json', 'sample', 'remove')).stdout);
    assert.equal(removed.subjects, 5);
    assert.ok(removed.records > 10_000, String(removed.records));
    assert.equal(await startAndEnd(), false);
    assert.deepEqual(await subjects(), []);
  });
});
