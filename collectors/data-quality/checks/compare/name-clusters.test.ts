import assert from 'node:assert/strict';
import { type CountedName, clusterNames, wholeBlock } from './name-clusters.ts';

const pace = { signal: new AbortController().signal, rest: async () => {} };
const named = (name: string, rows = 1, block = ''): CountedName => ({ name, rows, block });
const clustersOf = async (names: readonly CountedName[], atLeast = 0.92) =>
  (await clusterNames(names, atLeast, pace)).map((cluster) => cluster.map(({ name }) => name));

describe('clusters of similar names', () => {
  it('puts similar names together, the most frequent first, and leaves lone ones out', async () => {
    const names = [
      named('幸福路街道办事处', 2),
      named('幸福路街道办事', 3),
      named('市民服务中心', 40),
      named('幸福街道办事处', 7),
    ];
    assert.deepEqual(await clustersOf(names), [['幸福街道办事处', '幸福路街道办事', '幸福路街道办事处']]);
  });

  it('orders equally frequent names by their text, whatever order they come in', async () => {
    const names = [named('hua xing parks'), named('Hua Xing Parks'), named('HUA XING PARKS')];
    const cluster = ['HUA XING PARKS', 'Hua Xing Parks', 'hua xing parks'];
    assert.deepEqual(await clustersOf(names), [cluster]);
    assert.deepEqual(await clustersOf(names.toReversed()), [cluster]);
  });

  it('never compares names of different blocks', async () => {
    assert.deepEqual(
      await clustersOf([named('Main Street', 5, 'north'), named('Main Street', 4, 'south')]),
      [],
    );
  });

  it('links names through a third that is similar to both', async () => {
    assert.equal(
      (await clustersOf([named('aaaaaaaaaa'), named('aaaaaaaabb'), named('aaaaaabbbb')], 0.9)).length,
      1,
    );
  });

  it('holds names with different digits for different things', async () => {
    assert.deepEqual(await clustersOf([named('Harbour School 12'), named('Harbour School 13')]), []);
    assert.equal((await clustersOf([named('Harbour School 12'), named('Harbour Schol 12')])).length, 1);
  });

  it('leaves out names without a letter or digit', async () => {
    assert.deepEqual(await clustersOf([named('--'), named('...')]), []);
  });

  it('finds in a block too large for all pairs what is alike at its start or at its end', async () => {
    const letters = [...'bcdfghjklmnpqrstvwxz'];
    const far = letters.flatMap((one) =>
      letters.flatMap((two) =>
        letters.map((three) => named(`${one}${two}${three}${two}${one}${three}`.repeat(2))),
      ),
    );
    assert.ok(far.length > wholeBlock);
    const odd = [
      named('aqueduct maintenance'),
      named('aqueduct maintenence'),
      named('eastern harbour'),
      named('weastern harbour'),
    ];
    const clusters = (await clustersOf([...far, ...odd], 0.93)).filter(([first = '']) =>
      /^(?:aq|east)/.test(first),
    );
    assert.deepEqual(clusters, [
      ['aqueduct maintenance', 'aqueduct maintenence'],
      ['eastern harbour', 'weastern harbour'],
    ]);
  });

  it('ends with its signal', async () => {
    const control = new AbortController();
    control.abort(new Error('time is up'));
    const names = Array.from({ length: 400 }, (_, index) => named('x'.repeat(index + 1)));
    await assert.rejects(clusterNames(names, 0.99, { ...pace, signal: control.signal }), /time is up/);
  });
});
