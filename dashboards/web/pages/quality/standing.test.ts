import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CheckResult, type QualityRun, qualityProblems } from '../../../../collectors/contract.ts';
import { dimensionsOf, isLate, missedIn, ofProblem, standingsOf, troublesOf, wholeOf } from './standing.ts';

function result(check: string, ratio: number | null, more: Partial<CheckResult> = {}): CheckResult {
  return {
    check,
    title: { zh: check, en: check },
    kind: 'completeness',
    columns: ['a'],
    problem: 'missing',
    dimension: 'completeness',
    weight: 1,
    state: ratio === null ? 'failed' : 'measured',
    checked: ratio === null ? null : 200,
    failed: ratio === null ? null : 200 * ratio,
    ratio,
    figure: null,
    threshold: 'ratio <= 0.05',
    isMissed: ratio === null ? null : ratio > 0.05,
    sql: [],
    sample: null,
    memory: null,
    reason: null,
    remedy: null,
    ...more,
  };
}

function run(id: string, weight: number, results: readonly CheckResult[]): QualityRun {
  return {
    subject: 'hexi',
    source: { id, title: { zh: id, en: id }, department: id, engine: 'sqlite', location: id, weight },
    checksSha256: 'ab',
    startedAt: '2026-10-31T00:00:00Z',
    durationSeconds: 2,
    rows: 200,
    scans: 1,
    results,
  };
}

const daily = (...days: number[]) =>
  days.map((day) => ({ startedAt: `2026-10-${String(day).padStart(2, '0')}T06:00:00Z` }));

describe('the standing of sources', () => {
  const runs = [run('a', 3, [result('x', 0.04), result('y', 0.12)]), run('b', 1, [result('z', null)])];

  it('takes all sources together by their weights, and has no score below the coverage floor', () => {
    const whole = wholeOf(runs);
    assert.deepEqual([whole?.score, whole?.coverage, whole?.unscored], [null, 0.75, 1]);
    assert.ok(Math.abs((wholeOf(runs.slice(0, 1))?.score ?? 0) - 92) < 1e-9);
    assert.equal(wholeOf([]), null);
  });

  it('has no ratio for a dimension that nothing measured', () => {
    const means = dimensionsOf(standingsOf(runs));
    assert.ok(Math.abs((means.completeness ?? 0) - 0.08) < 1e-9);
    assert.equal(means.accuracy, null);
  });

  it('counts thresholds missed among the checks that were computed', () => {
    assert.deepEqual(missedIn(runs, ofProblem('missing')), { missed: 1, of: 2 });
    for (const problem of qualityProblems.filter((each) => each !== 'missing'))
      assert.deepEqual(missedIn(runs, ofProblem(problem)), { missed: 0, of: 0 });
  });

  it('puts what could not be computed first, then the heaviest misses; what is good is no trouble', () => {
    const more = [...runs, run('c', 1, [result('w', 0.3), result('v', 0.06, { weight: 9 })])];
    assert.deepEqual(
      troublesOf(more).map((each) => each.result.check),
      ['z', 'v', 'y', 'w'],
    );
  });

  it('calls a source late after three of its usual intervals, three days at least', () => {
    assert.equal(isLate(daily(20, 19, 18), '2026-10-23T06:00:00Z'), false);
    assert.equal(isLate(daily(20, 19, 18), '2026-10-23T06:00:01Z'), true);
    assert.equal(isLate(daily(29, 22, 15, 14), '2026-11-18T06:00:00Z'), false);
    assert.equal(isLate(daily(29, 22, 15, 14), '2026-11-20T06:00:00Z'), true);
    assert.equal(isLate(daily(20), '2026-10-23T05:00:00Z'), false);
    assert.equal(isLate([], '2026-10-23T05:00:00Z'), false);
  });
});
