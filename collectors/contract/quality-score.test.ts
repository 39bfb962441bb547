import assert from 'node:assert/strict';
import { type CheckResult, checkKindSpecs, type QualityRun } from './quality.ts';
import { scoreDepartments, scoreOfRun } from './quality-score.ts';

const text = { zh: '检核', en: 'check' };

function result(
  kind: CheckResult['kind'],
  ratio: number | null,
  more: Partial<CheckResult> = {},
): CheckResult {
  const { problem, dimension } = checkKindSpecs[kind];
  return {
    check: kind,
    title: text,
    kind,
    columns: [],
    problem,
    dimension,
    weight: 1,
    state: ratio === null ? 'failed' : 'measured',
    checked: ratio === null ? null : 250,
    failed: ratio === null ? null : ratio * 250,
    ratio,
    figure: null,
    threshold: 'ratio <= 0.1',
    isMissed: ratio === null ? null : ratio > 0.1,
    sql: [],
    sample: null,
    memory: null,
    reason: null,
    remedy: null,
    ...more,
  };
}

function run(id: string, department: string | null, results: readonly CheckResult[], weight = 1): QualityRun {
  return {
    subject: 'city',
    source: { id, title: text, department, engine: 'duckdb', location: 'a.csv', weight },
    checksSha256: 'f'.repeat(64),
    startedAt: '2031-02-03T04:05:06.000Z',
    durationSeconds: 3,
    rows: 250,
    scans: 1,
    results,
  };
}

describe('the score of a run', () => {
  it('is what the weighted failing ratios leave of 100, and so for each problem and dimension', () => {
    const score = scoreOfRun({
      results: [
        result('completeness', 0.2, { weight: 3 }),
        result('uniqueness', 0.04),
        result('validity', 0.08, { problem: 'missing' }),
        result('access', 0),
      ],
    });
    assert.ok(Math.abs((score.score ?? 0) - (100 - 12)) < 1e-9);
    assert.equal(score.coverage, 1);
    assert.ok(Math.abs((score.problems.missing ?? 0) - 0.17) < 1e-12);
    assert.equal(score.problems.duplication, 0.04);
    assert.equal(score.problems.staleness, null);
    assert.deepEqual([score.dimensions.conformity, score.dimensions.timeliness], [0.08, null]);
    assert.deepEqual([score.missed, score.failed], [1, 0]);
  });

  it('is absent when less than four fifths of the weight were measured, never a full mark', () => {
    const measured = result('completeness', 0.1, { weight: 8 });
    assert.equal(scoreOfRun({ results: [measured, result('lag', null, { weight: 2 })] }).score, 90);
    const low = scoreOfRun({ results: [measured, result('lag', null, { weight: 2.1 })] });
    assert.equal(low.score, null);
    assert.ok(low.coverage < 0.8);
    assert.equal(low.failed, 1);
  });

  it('is absent where nothing but the access was measured: an empty table is no good one', () => {
    const none = result('completeness', null, { state: 'notApplicable' });
    assert.equal(scoreOfRun({ results: [result('access', 0), none] }).score, null);
    const light = result('lag', null, { weight: 0.1 });
    assert.equal(scoreOfRun({ results: [result('access', 1), light] }).score, null);
  });

  it('has bounds for what could not be computed, and none when everything was', () => {
    const measured = result('completeness', 0.1, { weight: 9 });
    const whole = scoreOfRun({ results: [measured] });
    assert.deepEqual([whole.score, whole.scoreLow, whole.scoreHigh], [90, 90, 90]);
    const part = scoreOfRun({ results: [measured, result('lag', null)] });
    assert.deepEqual([part.score, part.scoreLow, part.scoreHigh], [90, 81, 91]);
  });

  it('leaves the better rank to whoever lets a bad check be computed', () => {
    const bad = result('lag', 0.6);
    const withheld = result('lag', null);
    const rows = scoreDepartments([
      run('a', 'honest', [result('completeness', 0.1, { weight: 9 }), bad]),
      run('b', 'silent', [result('completeness', 0.1, { weight: 9 }), withheld]),
    ]);
    assert.deepEqual(
      rows.map(({ department, score, scoreLow }) => [department, score, scoreLow]),
      [
        ['honest', 85, 85],
        ['silent', 90, 81],
      ],
    );
  });

  it('leaves out what does not apply', () => {
    const none = result('drift', null, { state: 'notApplicable', weight: 50 });
    const { score, coverage, failed } = scoreOfRun({ results: [result('lag', 0.25), none] });
    assert.deepEqual([score, coverage, failed], [75, 1, 0]);
  });

  it('of nothing is nothing', () => {
    const { score, coverage, problems } = scoreOfRun({ results: [] });
    assert.deepEqual([score, coverage, problems.conflict], [null, 0, null]);
  });
});

describe('the league table of departments', () => {
  it('weighs sources, puts those without a score behind, and sources of no department last without a place', () => {
    const rows = scoreDepartments([
      run('a', '城管局', [result('lag', 0.5)], 1),
      run('b', '城管局', [result('lag', 0.1)], 3),
      run('c', null, [result('lag', 0.05)]),
      run('d', '民政局', [result('lag', null)]),
    ]);
    assert.deepEqual(
      rows.map(({ place, department, score, sources }) => [place, department, score, sources]),
      [
        [1, '城管局', 80, 2],
        [null, '民政局', null, 1],
        [null, null, 95, 1],
      ],
    );
    assert.ok(Math.abs((rows[0]?.problems.staleness ?? 0) - 0.2) < 1e-12);
    assert.deepEqual(
      rows.map(({ unscored }) => unscored),
      [0, 1, 0],
    );
    assert.equal(rows[1]?.problems.staleness, null);
  });

  it('gives a department no score when too little of its weight has one', () => {
    const [row] = scoreDepartments([
      run('a', '城管局', [result('lag', 0.5)], 7),
      run('b', '城管局', [result('lag', null)], 3),
    ]);
    assert.deepEqual([row?.score, row?.coverage], [null, 0.7]);
  });
});
