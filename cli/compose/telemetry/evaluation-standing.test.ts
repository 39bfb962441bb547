import assert from 'node:assert/strict';
import { standingMetrics } from '../../../collectors/runner/run/evidence-metrics.ts';
import type { Evaluation } from '../../../scoring/contract.ts';
import { evaluationReadings } from './evaluation-readings.ts';
import { type Comparison, standingReadings } from './evaluation-standing.ts';

const grades = ['A', 'B', 'C', 'D'];
const evaluationOf = (grade: string | null, coverage: number, isSample = false) =>
  ({
    model: { id: 'event-loop-2022' },
    subject: { id: 'lin', isSample },
    period: { id: '2026-01', end: '2026-01-31T16:00:00Z', timeZone: 'Asia/Shanghai' },
    overall: { grade, coverage, score: null },
    nodes: [],
    observations: [],
  }) as unknown as Evaluation;

const summary = (grade: string | null, coverage: number) => ({ grade, coverage });

function figures(evaluation: Evaluation, previous: Comparison['previous']): Record<string, number> {
  const readings = standingReadings(evaluation, '2026-02-03T00:00:00.000Z', { previous, grades });
  return Object.fromEntries(
    readings.map(({ metric, value }) => [metric.replace('citygauge_evaluation_', ''), value]),
  );
}

const times = {
  saved_timestamp_seconds: 1770076800,
  period_end_timestamp_seconds: 1769875200,
  // The end of February in Shanghai.
  next_period_end_timestamp_seconds: 1772294400,
};

describe('how a saved evaluation stands', () => {
  it('is its times, its rank, and what changed since the period before', () => {
    assert.deepEqual(figures(evaluationOf('C', 0.7), summary('B', 0.8)), {
      ...times,
      is_graded: 1,
      grade_rank: 3,
      grade_change: -1,
      coverage_change_ratio: -0.1,
    });
    assert.equal(figures(evaluationOf('A', 0.9), summary('C', 0.9)).grade_change, 2);
  });

  it('has no change where the period before was not evaluated, and no rank without a grade', () => {
    assert.deepEqual(figures(evaluationOf('B', 0.75), null), { ...times, is_graded: 1, grade_rank: 2 });
    assert.deepEqual(figures(evaluationOf(null, 0.25), summary('B', 0.75)), {
      ...times,
      is_graded: 0,
      coverage_change_ratio: -0.5,
    });
    assert.equal(figures(evaluationOf('B', 0.75), summary(null, 0.5)).grade_change, undefined);
  });

  it('owes nothing of sample data', () => {
    const own = figures(evaluationOf('B', 0.75, true), null);
    assert.equal(own.next_period_end_timestamp_seconds, undefined);
    assert.equal(own.saved_timestamp_seconds, times.saved_timestamp_seconds);
  });

  it('is in the catalogue with the labels that it carries', () => {
    const comparison = { previous: summary('B', 0.8), grades };
    const all = evaluationReadings(evaluationOf('C', 0.7), '2026-02-03T00:00:00.000Z', comparison);
    const standing = all.filter(({ metric }) => standingMetrics.some(({ name }) => name === metric));
    assert.equal(standing.length, standingMetrics.length);
    for (const { labels } of standing) {
      assert.deepEqual(labels, { job: 'citygauge-evaluation', subject: 'lin', model: 'event-loop-2022' });
    }
  });
});
