import assert from 'node:assert/strict';
import type { CheckResult, QualityRun } from '../../collectors/contract.ts';
import { freshSubject, type SuiteStore, subject } from './fixtures.ts';

export function checkResult(check: string, failed: number, other: Partial<CheckResult> = {}): CheckResult {
  return {
    ...{ check, title: { zh: check, en: check }, kind: 'completeness', columns: ['due'] },
    ...{ problem: 'missing', dimension: 'completeness', weight: 1, state: 'measured' },
    ...{ checked: 40, failed, ratio: failed / 40, figure: null, threshold: 'ratio <= 0.05' },
    ...{ isMissed: failed > 2, sql: ['select count(*) from orders'], sample: null, memory: null },
    ...{ reason: null, remedy: null },
    ...other,
  };
}

export function qualityRun(subjectId: string, source: string, other: Partial<QualityRun> = {}): QualityRun {
  return {
    subject: subjectId,
    source: {
      id: source,
      title: { zh: '工单', en: 'Orders' },
      department: '市民服务局',
      engine: 'duckdb',
      location: 'orders.csv',
      weight: 3,
    },
    checksSha256: 'c0ffee',
    startedAt: '2015-02-01T00:00:00.123Z',
    durationSeconds: 0.75,
    rows: 40,
    scans: 1,
    results: [checkResult('has-due', 7)],
    ...other,
  };
}

const first = '2015-02-01T00:00:00.123Z';
const second = '2015-02-02T00:00:00.456Z';

/** Runs of data-quality checks. */
export function describeQuality(suite: SuiteStore): void {
  describe('runs of data-quality checks', () => {
    it('come back as they were, newest first, results in the order of the check file', async () => {
      const { quality } = suite.store;
      const city = await freshSubject(suite.store);
      const rich = checkResult('zz-first', 3, {
        sample: { columns: [{ name: '电话', isMasked: true }], rows: [['1**********'], [null]] },
        memory: { kind: 'bins', bins: [{ label: '< 5', count: 17 }], borders: [5] },
        figure: { name: 'age', value: 86_400, unit: 'seconds' },
        sql: ['select count(*) from orders', 'select 拒 from "orders"\n-- \0'],
      });
      const broken = checkResult('aa-second', 0, {
        ...{ state: 'failed', checked: null, failed: null, ratio: null, isMissed: null, sql: [] },
        ...{ reason: { zh: '没有这一列', en: 'no such column' }, remedy: { zh: '请更正', en: 'correct it' } },
      });
      const old = qualityRun(city, 'orders', { results: [rich, broken] });
      const empty = qualityRun(city, 'orders', { startedAt: second, rows: null, results: [] });
      for (const run of [empty, old]) await quality.save(run);
      const key = { subject: city, source: 'orders' };
      assert.deepEqual(await quality.runs(key, 5), [empty, old]);
      assert.deepEqual(await quality.runs(key, 1), [empty]);
      assert.deepEqual(await quality.runs({ ...key, source: 'elsewhere' }, 5), []);
    });

    it('replace themselves when they are saved again', async () => {
      const { quality } = suite.store;
      const city = await freshSubject(suite.store);
      const results = [checkResult('a', 1), checkResult('b', 2), checkResult('c', 3)];
      await quality.save(qualityRun(city, 'orders', { results }));
      const again = qualityRun(city, 'orders', { rows: 39, results: results.slice(1) });
      await quality.save(again);
      await quality.save(again);
      assert.deepEqual(await quality.runs({ subject: city, source: 'orders' }, 5), [again]);
      assert.deepEqual(await quality.results({ subject: city, source: 'orders', check: 'a' }, 5), []);
    });

    it('give the newest of each source of these subjects, also as it was before an instant', async () => {
      const { quality } = suite.store;
      const city = await freshSubject(suite.store);
      const unit = `${city}-unit`;
      await suite.store.subjects.put([subject(unit, city)]);
      const stranger = await freshSubject(suite.store);
      const orders = [first, second].map((startedAt) => qualityRun(city, 'orders', { startedAt }));
      const streets = qualityRun(unit, 'Streets', { startedAt: second });
      for (const run of [...orders, streets, qualityRun(stranger, 'orders')]) await quality.save(run);
      assert.deepEqual(await quality.latest([city, unit], null), [streets, orders[1]]);
      assert.deepEqual(await quality.latest([city, unit], second), [orders[0]]);
      assert.deepEqual(await quality.latest([city], first), []);
      assert.deepEqual(await quality.latest([], null), []);
    });

    it('give the history of one check, newest first', async () => {
      const { quality } = suite.store;
      const city = await freshSubject(suite.store);
      for (const [failed, startedAt] of [
        [4, first],
        [9, second],
      ] as const) {
        const results = [checkResult('other', 1), checkResult('has-due', failed)];
        await quality.save(qualityRun(city, 'orders', { startedAt, results }));
      }
      const key = { subject: city, source: 'orders', check: 'has-due' };
      const history = [
        { ...checkResult('has-due', 9), at: second },
        { ...checkResult('has-due', 4), at: first },
      ];
      assert.deepEqual(await quality.results(key, 5), history);
      assert.deepEqual(await quality.results(key, 1), history.slice(0, 1));
      assert.deepEqual(await quality.results({ ...key, subject: 'nobody' }, 5), []);
    });

    it('of the sample go with the sample', async () => {
      const { quality } = suite.store;
      const city = await freshSubject(suite.store);
      const sample = `${city}-sample`;
      await suite.store.subjects.put([subject(sample, null, { isSample: true })]);
      const kept = qualityRun(city, 'orders');
      for (const run of [kept, qualityRun(sample, 'orders')]) await quality.save(run);
      await suite.store.removeSample();
      assert.deepEqual(await quality.latest([city, sample], null), [kept]);
      const key = { subject: sample, source: 'orders', check: 'has-due' };
      assert.deepEqual(await quality.results(key, 5), []);
    });
  });
}
