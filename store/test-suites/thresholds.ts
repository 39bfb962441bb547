import assert from 'node:assert/strict';
import type { ThresholdState } from '../../rules/contract.ts';
import { freshSubject, type SuiteStore } from './fixtures.ts';

/** Standings with thresholds: the current ones, and every change of lamp. */
export function describeThresholds(suite: SuiteStore): void {
  describe('standings with thresholds', () => {
    const named = async () => {
      const city = await freshSubject(suite.store);
      const threshold = `${city}-load`;
      const state = (lamp: ThresholdState['lamp'], more: Partial<ThresholdState> = {}): ThresholdState => ({
        ...{ threshold, subject: city, labels: { subject: city, disk: '"a" 磁盘' }, lamp },
        ...{ since: '2026-03-01T08:00:00.000Z', value: 0.93, at: '2026-03-01T08:05:00.000Z' },
        ...{ pending: null, reason: null },
        memory: { valueAt: '2026-03-01T08:05:00.000Z', grades: [] },
        ...more,
      });
      return { city, threshold, state };
    };
    const withoutMemory = ({ memory: _, ...state }: ThresholdState) => state;

    it('are the ones saved last, worst first, and only of the subjects asked for', async () => {
      const { thresholds } = suite.store;
      const { city, threshold, state } = await named();
      const calm = state('green', { labels: { subject: city, disk: 'b' }, value: 0.25 });
      const unknown = state('noData', {
        ...{ subject: null, labels: {}, value: null, reason: { zh: '无数据。', en: 'no data.' } },
      });
      await thresholds.save([threshold], [calm, unknown, state('orange')]);
      const own = async (subjects: readonly string[] | null) =>
        (await thresholds.current(subjects)).filter((each) => each.threshold === threshold);
      assert.deepEqual(await own([city]), [state('orange'), unknown, calm]);
      assert.deepEqual(await own(null), [state('orange'), unknown, calm]);
      assert.deepEqual(await own([]), [unknown]);
      await thresholds.save([threshold], [state('orange')]);
      assert.deepEqual(await own([city]), [state('orange')]);
      await thresholds.save([threshold], []);
      assert.deepEqual(await own([city]), []);
    });

    it('leave a line in the history for every change of lamp, newest first', async () => {
      const { thresholds } = suite.store;
      const { city, threshold, state } = await named();
      const other = state('blue', { subject: null, labels: {} });
      for (const lamp of ['green', 'green', 'red', 'red', 'noData', 'red'] as const)
        await thresholds.save([threshold], [state(lamp), other]);
      const lamps = async (query: { subject?: string; limit: number }) =>
        (await thresholds.history({ threshold, ...query })).map(({ lamp }) => lamp);
      assert.deepEqual(await lamps({ subject: city, limit: 10 }), ['red', 'noData', 'red', 'green']);
      assert.deepEqual(await lamps({ limit: 10 }), ['red', 'noData', 'red', 'blue', 'green']);
      assert.deepEqual(await thresholds.history({ threshold, limit: 1 }), [withoutMemory(state('red'))]);
    });

    it('of another threshold are refused, and nothing is saved', async () => {
      const { thresholds } = suite.store;
      const { threshold, state } = await named();
      await assert.rejects(
        thresholds.save([threshold], [state('red'), { ...state('red'), threshold: 'other' }]),
        /a state of other/,
      );
      assert.deepEqual(await thresholds.history({ threshold, limit: 5 }), []);
    });
  });
}
