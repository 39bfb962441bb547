import assert from 'node:assert/strict';
import { evaluationMetrics } from '../../../collectors/runner/run/self-metrics.ts';
import type { Evaluation } from '../../../scoring/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { evaluationReadings, tellingOfEvaluations } from './evaluation-readings.ts';

const leaf = (value: number | null, provenance: string | null) => ({ value, provenance });
const evaluation = {
  model: { id: 'event-loop-2022' },
  subject: { id: 'lin' },
  period: { id: '2026-02', end: '2026-02-28T16:00:00Z' },
  overall: { score: 71.5, coverage: 0.75 },
  nodes: [
    { id: 'S1', parent: null, score: 64.25, value: null },
    { id: 'S1.T1', parent: 'S1', score: 12, value: 0.62 },
    { id: 'S1.T2', parent: 'S1', score: null, value: null },
    { id: 'S2', parent: null, score: null, value: null },
  ],
  observations: [leaf(3, 'measured'), leaf(4, 'submitted'), leaf(5, 'reconciled'), leaf(null, 'measured')],
} as unknown as Evaluation;

const figures = (createdAt: string) =>
  evaluationReadings(evaluation, createdAt).map(({ metric, labels, value }) => [
    metric,
    labels.module ?? labels.indicator ?? '',
    value,
  ]);

describe('the readings of a saved evaluation', () => {
  it('are its scores, its coverage, the share of measured figures, whether it was in time, and its figures', () => {
    assert.deepEqual(figures('2026-03-15T16:00:00.000Z'), [
      ['citygauge_evaluation_score', 'overall', 71.5],
      ['citygauge_evaluation_score', 'S1', 64.25],
      ['citygauge_evaluation_coverage_ratio', '', 0.75],
      ['citygauge_indicators_measured_ratio', '', 0.5],
      ['citygauge_evaluation_is_on_time', '', 1],
      ['citygauge_indicator_value', 'S1.T1', 0.62],
    ]);
  });

  it('are late after 15 days, and neither before the period has ended', () => {
    assert.deepEqual(figures('2026-03-15T16:00:00.001Z').at(-2), ['citygauge_evaluation_is_on_time', '', 0]);
    assert.equal(figures('2026-02-28T15:59:59.999Z').length, 5);
  });

  it('carry the labels that the catalogue declares, besides job and subject', () => {
    for (const { metric, labels } of evaluationReadings(evaluation, '2026-03-01T00:00:00.000Z')) {
      const spec = evaluationMetrics.find(({ name }) => name === metric);
      const { job, subject, ...own } = labels;
      assert.deepEqual([job, subject], ['citygauge-evaluation', 'lin']);
      assert.deepEqual(Object.keys(own).sort(), Object.keys(spec?.labels ?? {}).sort(), metric);
    }
  });

  it('are told once an evaluation is saved, unless a newer period has one', async () => {
    const saved: string[] = [];
    const told: string[] = [];
    let latest = 'new';
    const store = {
      evaluations: {
        save: async (each: Evaluation) => {
          saved.push(each.sha256);
          return 'existing';
        },
        latest: async () => ({ sha256: latest }),
        list: async () => [],
        modelYaml: async () => null,
      },
    } as unknown as EvidenceStore;
    const telling = tellingOfEvaluations(store, async (each, at) => {
      told.push(`${each.sha256} ${at}`);
    });
    const save = (sha256: string) =>
      telling.evaluations.save({ ...evaluation, sha256 }, null as never, '2026-03-02T00:00:00.000Z');
    assert.equal(await save('new'), 'existing');
    await save('old');
    latest = 'other';
    await save('new');
    assert.deepEqual([saved, told], [['new', 'old', 'new'], ['new 2026-03-02T00:00:00.000Z']]);
  });
});
