import assert from 'node:assert/strict';
import { freshSubject, type SuiteStore } from './fixtures.ts';
import { outcome } from './telemetry.ts';

/** Runs of collectors and decisions of persons, as they are kept. */
export function describeDecisions(suite: SuiteStore): void {
  describe('runs of collectors', () => {
    it('are listed newest first, with the last of each job and its last success', async () => {
      const { runs } = suite.store;
      const city = await freshSubject(suite.store);
      const job = `${city}-job`;
      const good = outcome(job, city);
      const bad = outcome(job, city, {
        startedAt: '2015-01-05T00:01:00.000Z',
        state: 'failed',
        error: { zh: '超时。', en: 'timeout.' },
      });
      for (const each of [good, bad]) await runs.save(each);
      assert.deepEqual(await runs.list(job, 5), [bad, good]);
      assert.deepEqual(await runs.list(job, 1), [bad]);
      const latest = (await runs.latest()).filter(({ outcome: { job: id } }) => id === job);
      assert.deepEqual(latest, [{ outcome: bad, lastSuccessAt: good.startedAt }]);
    });
  });

  describe('decisions on conflicts', () => {
    it('stand until a later one or a withdrawal, and all are kept', async () => {
      const { resolutions } = suite.store;
      const city = await freshSubject(suite.store);
      const key = { subject: city, period: '2015-01', indicator: 'S1.P3' };
      const first = {
        ...key,
        dispute: 'd1',
        value: 0.83,
        provenance: 'measured' as const,
        decidedBy: '李四',
        reason: '以系统记录为准',
        decidedAt: '2015-02-03T04:05:06.000Z',
      };
      const second = { ...first, value: 0.91, provenance: 'submitted' as const };
      await resolutions.put(first);
      assert.deepEqual(await resolutions.list(city, '2015-01'), [first]);
      await resolutions.put(second);
      assert.deepEqual(await resolutions.list(city, '2015-01'), [second]);
      assert.deepEqual(await resolutions.list(city, '2015-02'), []);
      assert.equal(await resolutions.withdraw(key), true);
      assert.equal(await resolutions.withdraw(key), false);
      assert.deepEqual(await resolutions.list(city, '2015-01'), []);
      assert.deepEqual(await resolutions.history(city), [
        { ...second, isWithdrawn: true },
        { ...first, isWithdrawn: false },
      ]);
      assert.deepEqual(await resolutions.history(city, 'S1.P4'), []);
    });
  });
}
