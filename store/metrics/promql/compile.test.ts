import assert from 'node:assert/strict';
import type { MetricMeasure } from '../../../scoring/contract.ts';
import { metricMeasure, selector } from '../../test-suites/metric-fixtures.ts';
import { compilePlan, substitute } from './compile.ts';

const request = { subjects: ['hexi'], from: '2026-01-31T16:00:00Z', to: '2026-02-28T16:00:00Z' };
const prometheus2 = { isLeftOpen: false, isMetricsQl: false, maxQueryBytes: 60_000 };
const prometheus3 = { ...prometheus2, isLeftOpen: true };
const victoria = { isLeftOpen: true, isMetricsQl: true, maxQueryBytes: 14_000 };

const planOf = (measure: MetricMeasure, dialect = prometheus2) => {
  const plan = compilePlan(measure, request, dialect);
  assert.ok(plan);
  return plan;
};
const mean = metricMeasure('load', { kind: 'overTime', reduce: 'mean', across: 'p90' });

describe('measures in PromQL', () => {
  it('count exactly the samples of the span, however the server treats the far border', () => {
    assert.equal(planOf(mean).query, 'quantile(0.9, avg_over_time(load{subject="hexi"}[2419199999ms]))');
    assert.equal(
      planOf(mean, prometheus3).query,
      'quantile(0.9, avg_over_time(load{subject="hexi"}[2419200s]))',
    );
  });

  it('count the intervals that hold a sample by one point each', () => {
    assert.deepEqual(planOf(mean).parts.slice(1), [
      'count(count_over_time(load{subject="hexi"}[2419199999ms]))',
      'sum(count_over_time(present_over_time(load{subject="hexi"}[59999ms] offset 1ms)[2419199999ms:60000ms] offset -1ms))',
    ]);
  });

  it('begin intervals with the span where they do not divide its beginning', () => {
    const [, , present] = planOf({ ...mean, everySeconds: 420 }, prometheus3).parts;
    assert.equal(
      present,
      'sum(count_over_time(present_over_time(load{subject="hexi"}[420000ms] offset -239999ms)[2419199999ms:420000ms] offset 239999ms))',
    );
  });

  it('share the query of equal expressions and name the whole ratio', () => {
    const errors = selector('requests_total', { label: 'code', operator: '=~', value: '5..' });
    const ratio = metricMeasure(errors, { kind: 'ratio', total: selector('requests_total'), by: 'increase' });
    assert.equal(
      planOf(ratio, prometheus3).query,
      'sum(increase(requests_total{code=~"5..",subject="hexi"}[2419200s])) / sum(increase(requests_total{subject="hexi"}[2419200s]))',
    );
    assert.equal(planOf(ratio).parts.length, 4);
    assert.match(planOf(ratio, victoria).query, /^sum\(increase_prometheus\(/);
  });

  it('leave shares to the samples themselves where the server has no function for them', () => {
    const share = metricMeasure('load', { kind: 'share', above: 0.2, below: 0.8 });
    assert.equal(compilePlan(share, request, prometheus2), null);
    assert.match(
      planOf(share, victoria).query,
      /^\(sum\(count_le_over_time\(load\{subject="hexi"\}\[2419200s\], 0\.8\)\)/,
    );
  });

  it('put period and subjects into PromQL as written', () => {
    const two = { ...request, subjects: ['a.b', 'c'] };
    assert.equal(
      substitute('avg(rate(x{subject=~"$subject"}[$period]))', two, prometheus3),
      'avg(rate(x{subject=~"a\\\\.b|c"}[2419200s]))',
    );
  });
});

describe('a plan that is answered', () => {
  const answer = (values: Readonly<Record<string, number>>) => (part: string) => {
    const key = Object.keys(values).find((each) => part.startsWith(each));
    return key === undefined ? [] : [{ metric: {}, value: [0, String(values[key])] as const }];
  };
  const query = planOf(mean).query;

  it('is absent without series, and carries its samples with them', () => {
    assert.deepEqual(planOf(mean).finish(answer({})), { state: 'absent', query });
    const samples = { present: 30_000, expected: 40_320, series: 1 };
    const figure = planOf(mean).finish(answer({ quantile: 3.5, 'count(': 1, 'sum(': 30_000 }));
    assert.deepEqual(figure, {
      state: 'measured',
      value: 3.5,
      numerator: null,
      denominator: null,
      samples,
      query,
    });
  });

  it('failed where the result is no finite number', () => {
    const figure = planOf(mean).finish(answer({ quantile: Number.NaN, 'count(': 1, 'sum(': 7 }));
    assert.ok(figure.state === 'failed');
    assert.match(figure.reason.zh, /不是有限数值/);
  });

  it('applies the factor, and tells a base of 0', () => {
    const inHours = planOf({ ...mean, factor: 1 / 3600 }).finish(
      answer({ quantile: 5400, 'count(': 1, 'sum(': 7 }),
    );
    assert.equal('value' in inHours && inHours.value, 1.5);
    const ratio = planOf(
      metricMeasure('a_total', { kind: 'ratio', total: selector('b_total'), by: 'increase' }),
    );
    assert.equal(
      ratio.finish(answer({ 'sum(increase(b': 0, 'sum(increase(a': 0, 'count(': 1 })).state,
      'zeroBase',
    );
    assert.equal(ratio.finish(answer({ 'sum(increase(b': 4, 'count(': 1 })).state, 'absent');
  });
});
