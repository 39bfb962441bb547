import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Observation } from '../contract.ts';
import { scoringEngine } from '../engine.ts';
import { changed, smallModel } from '../model/small-model.ts';
import { inputFor, modelOf } from './test-input.ts';

const model = modelOf(changed('version: 1.0.0', 'version: 1.0.0\ncoverageFloor: 0.5', smallModel));
const whole = { 'M.T1': 3.2, 'M.P2': 0.9, 'N.x': 0.8, 'N.y': 0.7 };

function scoreWith(more: Readonly<Record<string, Partial<Observation>>>) {
  const given = Object.fromEntries(
    Object.entries(whole).map(([id, value]) => [id, { value, ...more[id] }] as const),
  );
  return scoringEngine.score(inputFor(model, given));
}

const nodeOf = (evaluation: ReturnType<typeof scoreWith>, id: string) => {
  const node = evaluation.nodes.find((each) => each.id === id);
  if (!node) throw new Error(`no ${id}`);
  return node;
};

describe('the coverage of samples', () => {
  it('widens the bounds of an indicator and lowers its coverage, not its score', () => {
    const evaluation = scoreWith({ 'N.x': { coverage: 0.75 } });
    const { score, scoreLow, scoreHigh, coverage, points, state } = nodeOf(evaluation, 'N.x');
    assert.deepEqual(
      [score, scoreLow, scoreHigh, coverage, points, state],
      [80, 60, 85, 0.75, 56, 'measured'],
    );
    const n = nodeOf(evaluation, 'N');
    assert.deepEqual([n.score, n.scoreLow, n.scoreHigh, n.state], [77, 63, 80.5, 'partial']);
    assert.equal(n.coverage.toFixed(4), '0.8250');
    assert.equal(n.grade, 'C');
    assert.match(n.reason.zh, /^已有证据得分 77\.0，对应 B 级；覆盖率 82\.5 %/);
  });

  it('widens the term of a formula in the same way', () => {
    const m = nodeOf(scoreWith({ 'M.P2': { coverage: 0.6 } }), 'M');
    // T1 gives 60*(5-1)/5 = 48; P2 gives 36 of 40, of which 60 % are seen.
    assert.deepEqual([m.score, m.scoreLow, m.scoreHigh], [84, 48 + 0.6 * 36, 48 + 0.6 * 36 + 16]);
    const p2 = nodeOf(scoreWith({ 'M.P2': { coverage: 0.6 } }), 'M.P2');
    assert.deepEqual([p2.score, p2.scoreLow, p2.scoreHigh, p2.coverage], [90, 54, 94, 0.6]);
  });

  it('is said in words, with the samples where they are known', () => {
    const source = {
      kind: 'metric',
      query: 'up',
      files: [],
      rows: null,
      asOf: '2026-04-01T00:00:00Z',
      samples: { present: 63, expected: 100, series: 1 },
    } as const;
    const { reason } = nodeOf(scoreWith({ 'N.x': { coverage: 0.63, source } }), 'N.x');
    assert.equal(
      reason.zh,
      '80.0 %，得 56.0/70.0 分；采样覆盖率 63.0 %（应有 100 个，实有 63 个），缺失部分按最不利与最有利两种情形计入得分区间',
    );
    assert.equal(
      reason.en,
      '80.0 %; 56.0 of 70.0 points; samples cover 63.0 % (63 of 100); the rest widens the bounds of the score',
    );
  });

  it('makes a figure unusable when it is no share, naming it', () => {
    for (const coverage of [0, -0.2, 1.2, Number.NaN]) {
      const { state, reason } = nodeOf(scoreWith({ 'N.x': { coverage } }), 'N.x');
      assert.equal(state, 'failed');
      assert.match(reason.en, new RegExp(`the sample coverage ${coverage} is not above 0`));
    }
  });

  it('changes nothing when it is whole', () => {
    assert.deepEqual(nodeOf(scoreWith({ 'N.x': { coverage: 1 } }), 'N'), nodeOf(scoreWith({}), 'N'));
  });

  it('goes with the value: a figure that has none carries none', () => {
    const state = { state: 'failed', value: null, coverage: 0.4 } as const;
    const { observations } = scoreWith({ 'N.x': state });
    assert.equal('coverage' in (observations.find((each) => each.indicator === 'N.x') ?? {}), false);
  });

  it('never raises a low bound or a grade when samples are taken away', () => {
    const share = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100);
    const rank = (grade: string | null) => ['C', 'B', 'A'].indexOf(grade ?? '');
    let graded = 0;
    fc.assert(
      fc.property(fc.tuple(share, share, share, share), fc.tuple(share, share, share, share), (all, left) => {
        const at = (shares: readonly number[]) =>
          scoreWith(
            Object.fromEntries(Object.keys(whole).map((id, i) => [id, { coverage: shares[i] ?? 1 }])),
          );
        const [before, after] = [at(all), at(all.map((each, i) => each * (left[i] ?? 1)))];
        if (before.overall.grade !== null) graded += 1;
        assert.ok(rank(after.overall.grade) <= rank(before.overall.grade));
        for (const [i, node] of after.nodes.entries()) {
          const was = before.nodes[i];
          if (node.scoreLow === null || was?.scoreLow == null) continue;
          assert.ok(node.scoreLow <= was.scoreLow + 1e-9, node.id);
          assert.ok((node.scoreHigh ?? 0) >= (was.scoreHigh ?? 0) - 1e-9, node.id);
          assert.ok(rank(node.grade) <= rank(was.grade), node.id);
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(graded > 20, `only ${graded} of 200 were graded`);
  });
});
