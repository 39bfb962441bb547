import assert from 'node:assert/strict';
import { freshSubject, type SuiteStore } from './fixtures.ts';
import { metricMeasure, samples, selector } from './metric-fixtures.ts';

const from = '2031-05-01T00:00:00.000Z';
const hourly = { from, everySeconds: 1200 };
const request = (subject: string) => ({ subjects: [subject], from, to: '2031-05-01T04:00:00.000Z' });
const every = { everySeconds: 1200 };
const hour = 3600;

/** Counts per step, which the alerts of an SLO are told from. */
export function describeSteps(suite: SuiteStore): void {
  describe('counts in steps', () => {
    it('give a counter’s growth to the step of the later sample, a reset as a new beginning', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const of = (code: string, values: readonly (number | null)[]) =>
        samples('hits_total', { subject: city, code }, { ...hourly, values });
      await store.readings.put([
        ...of('200', [10, 20, 30, 50, 70, 90, null, null, null, 120, 5, 9]),
        ...of('500', [0, 0, 0, 4, 4, 4, null, null, null, 4, 0, 3]),
      ]);
      const bad = {
        ...selector('hits_total'),
        matchers: [{ label: 'code', operator: '=' as const, value: '500' }],
      };
      const measure = metricMeasure(
        bad,
        { kind: 'ratio', total: selector('hits_total'), by: 'increase' },
        every,
      );
      assert.deepEqual(await store.metrics.steps(request(city), measure, hour), [
        { at: '2031-05-01T00:00:00.000Z', numerator: 0, denominator: 20 },
        { at: '2031-05-01T01:00:00.000Z', numerator: 4, denominator: 64 },
        { at: '2031-05-01T03:00:00.000Z', numerator: 3, denominator: 42 },
      ]);
    });

    it('give samples within a band beside all of them', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const values = [0.5, 0.9, 1, null, null, null, 0.98, 0.97, 0.99, 1, null, null];
      await store.readings.put(samples('whole_ratio', { subject: city }, { ...hourly, values }));
      const measure = metricMeasure('whole_ratio', { kind: 'share', above: 0.98, below: null }, every);
      assert.deepEqual(await store.metrics.steps(request(city), measure, hour), [
        { at: '2031-05-01T00:00:00.000Z', numerator: 1, denominator: 3 },
        { at: '2031-05-01T02:00:00.000Z', numerator: 2, denominator: 3 },
        { at: '2031-05-01T03:00:00.000Z', numerator: 1, denominator: 1 },
      ]);
    });

    it('take a gap for down in an up-time, and have none of a mean', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const values = [1, 1, 1, 1, 0, null];
      await store.readings.put(samples('probe_success', { subject: city }, { ...hourly, values }));
      const measure = metricMeasure('probe_success', { kind: 'upTime' }, every);
      assert.deepEqual(await store.metrics.steps(request(city), measure, hour), [
        { at: '2031-05-01T00:00:00.000Z', numerator: 3, denominator: 3 },
        { at: '2031-05-01T01:00:00.000Z', numerator: 1, denominator: 3 },
      ]);
      const mean = metricMeasure('probe_success', { kind: 'overTime', reduce: 'mean', across: 'mean' });
      assert.equal(await store.metrics.steps(request(city), mean, hour), null);
    });
  });
}
