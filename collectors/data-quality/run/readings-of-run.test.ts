import assert from 'node:assert/strict';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { qualityMetrics } from '../quality-metrics.ts';
import { readingsOfRun } from './readings-of-run.ts';
import { runAt, runYaml } from './test-runs.ts';

describe('readings of a run', () => {
  const folder = scratchFolder();
  const source = `
  - id: orders
    csv: orders.csv
    department: 城管局
    checks:
      - completeness: due
      - freshness: opened
        newest: 9d
`;

  it('give ratios, age, score and rows, each under a declared metric with declared labels', async () => {
    folder.write('orders.csv', 'due,opened\n2031-03-01,2031-02-03T04:00:00Z\n,2031-01-05\n,\n,\n');
    const readings = readingsOfRun(await runYaml(folder.path, source));
    const owned = { source: 'orders', department: '城管局' };
    const ratio = (check: string, kind: string, value: number) => ({
      metric: 'citygauge_quality_check_failed_ratio',
      labels: { source: 'orders', check, kind },
      value,
    });
    const problem = (name: string, value: number) => ({
      metric: 'citygauge_quality_problem_ratio',
      labels: { problem: name, ...owned },
      value,
    });
    assert.deepEqual(
      readings.map(({ at, ...rest }) => {
        assert.equal(at, runAt);
        return rest;
      }),
      [
        problem('missing', 0.75),
        problem('staleness', 0),
        { metric: 'citygauge_dataset_lag_seconds', labels: owned, value: 306 },
        { metric: 'citygauge_quality_score', labels: owned, value: 75 },
        { metric: 'citygauge_quality_rows', labels: { source: 'orders' }, value: 4 },
        ratio('access', 'access', 0),
        ratio('completeness-due', 'completeness', 0.75),
        ratio('freshness-opened', 'freshness', 0),
      ],
    );
    for (const { metric, labels } of readings) {
      const spec = qualityMetrics.find(({ name }) => name === metric);
      assert.ok(spec, metric);
      for (const label of Object.keys(labels)) assert.ok(label in spec.labels, `${metric}{${label}}`);
    }
  });

  it('are silent about what was not measured', async () => {
    const readings = readingsOfRun(await runYaml(folder.path, source.replace('orders.csv', 'gone.csv')));
    assert.deepEqual(
      readings.map(({ metric, labels, value }) => [metric, labels.check, value]),
      [['citygauge_quality_check_failed_ratio', 'access', 1]],
    );
  });
});
