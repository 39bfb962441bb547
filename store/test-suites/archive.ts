import assert from 'node:assert/strict';
import { evaluationOf, modelOf, reportOf, modelYaml as yaml } from './archived.ts';
import {
  during,
  freshSubject,
  importedAt,
  importRecords,
  leaf,
  record,
  recordsMeasure,
  type SuiteStore,
  subject,
} from './fixtures.ts';

export function describeArchive(suite: SuiteStore): void {
  describe('evaluations', () => {
    it('are found by hash and by a unique prefix of it, and come back as they were', async () => {
      const { evaluations } = suite.store;
      const saved = evaluationOf(await freshSubject(suite.store), '2015-Q1');
      assert.equal(await evaluations.save(saved, modelOf(), importedAt), 'new');
      assert.deepEqual(await evaluations.get(saved.sha256), saved);
      assert.deepEqual(await evaluations.get(saved.sha256.slice(0, 12).toUpperCase()), saved);
      assert.equal(await evaluations.get(saved.sha256.slice(0, 7)), null);
      assert.equal(await evaluations.get('0'.repeat(64)), null);
      assert.equal(await evaluations.get('%'.repeat(8)), null);
      assert.equal(await evaluations.modelYaml(saved.model.sha256), yaml);
      assert.equal(await evaluations.modelYaml('0'.repeat(64)), null);
    });

    it('saved again change nothing and become the latest', async () => {
      const { evaluations } = suite.store;
      const city = await freshSubject(suite.store);
      const [first, second] = [evaluationOf(city, '2015-Q1', 'B'), evaluationOf(city, '2015-Q1', 'A')];
      await evaluations.save(first, modelOf(), '2026-01-01T00:00:00Z');
      await evaluations.save(second, modelOf(), '2026-01-02T00:00:00Z');
      assert.deepEqual(await evaluations.latest('scie-2021-value', city, '2015-Q1'), second);
      assert.equal(await evaluations.save(first, modelOf(), '2026-01-03T00:00:00Z'), 'existing');
      assert.deepEqual(await evaluations.latest('scie-2021-value', city, '2015-Q1'), first);
      const summaries = await evaluations.list({ subject: city });
      assert.deepEqual(
        summaries.map(({ sha256, createdAt }) => [sha256, createdAt]),
        [
          [first.sha256, '2026-01-01T00:00:00Z'],
          [second.sha256, '2026-01-02T00:00:00Z'],
        ],
      );
    });

    it('are listed by model, subject and period, and the newest period is the latest', async () => {
      const { evaluations } = suite.store;
      const city = await freshSubject(suite.store);
      const [q1, q2] = [evaluationOf(city, '2015-Q1'), evaluationOf(city, '2015-Q2', null)];
      await evaluations.save(q2, modelOf(), importedAt);
      await evaluations.save(q1, modelOf(), importedAt);
      assert.deepEqual(await evaluations.latest('scie-2021-value', city), q2);
      assert.equal(await evaluations.latest('event-loop-2022', city), null);
      assert.deepEqual(await evaluations.list({ subject: city, period: '2015-Q2' }), [
        {
          sha256: q2.sha256,
          model: 'scie-2021-value',
          modelVersion: '1.2.0',
          subject: city,
          period: '2015-Q2',
          asOf: q2.asOf,
          grade: null,
          coverage: 0.875,
          createdAt: importedAt,
        },
      ]);
      assert.deepEqual(await evaluations.list({ subject: city, model: 'event-loop-2022' }), []);
    });

    it('whose hash does not match their content, or their model, are refused', async () => {
      const { evaluations } = suite.store;
      const good = evaluationOf(await freshSubject(suite.store), '2015-Q1');
      const forged = { ...good, asOf: '2015-05-01T00:00:00Z' };
      await assert.rejects(evaluations.save(forged, modelOf(), importedAt), RangeError);
      await assert.rejects(evaluations.save(good, modelOf(`${yaml}# other\n`), importedAt), RangeError);
      assert.equal(await evaluations.get(good.sha256), null);
    });
  });

  describe('reports', () => {
    it('come back by the hash of their bytes, exactly', async () => {
      const city = await freshSubject(suite.store);
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
      const summary = reportOf(city, bytes);
      await suite.store.reports.save(summary, bytes);
      await suite.store.reports.save(summary, bytes);
      assert.deepEqual(await suite.store.reports.get(summary.sha256), { summary, bytes });
      assert.equal(await suite.store.reports.get('0'.repeat(64)), null);
      const own = (await suite.store.reports.list()).filter((each) => each.subject === city);
      assert.deepEqual(own, [summary]);
    });

    it('whose hash is not that of their bytes are refused', async () => {
      const summary = reportOf('x', Uint8Array.of(1, 2, 3));
      await assert.rejects(suite.store.reports.save(summary, Uint8Array.of(1, 2, 4)), RangeError);
    });
  });

  describe('readings', () => {
    it('are kept once per metric, labels and instant; the later value wins', async () => {
      const { readings } = suite.store;
      const at = '2015-03-01T00:00:00.000Z';
      const first = { metric: 'citygauge_up', labels: { job: 'a', zone: '东' }, at, value: 0.25 };
      const other = { ...first, labels: { job: 'b' }, value: 3 };
      const later = { ...first, at: '2015-03-01T00:01:00.000Z', value: 0.5 };
      await readings.put([first, { ...first, value: 0.75 }, later]);
      await readings.put([{ ...first, labels: { zone: '东', job: 'a' }, value: 0.5 }, other]);
      const found = await readings.list('citygauge_up', at, '2015-03-01T00:01:00.000Z');
      const byJob = [...found].sort((a, b) => (a.labels.job ?? '').localeCompare(b.labels.job ?? ''));
      assert.deepEqual(byJob, [{ ...first, value: 0.5 }, other]);
      assert.deepEqual(await readings.list('citygauge_up', later.at, '2015-03-02T00:00:00Z'), [later]);
      assert.deepEqual(await readings.list('citygauge_down', at, '2016-01-01T00:00:00Z'), []);
    });
  });

  describe('the sample', () => {
    it('goes with everything that belongs to it, and leaves all else', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const [sample, unit] = ['sample', 'sample/unit'].map((id) =>
        subject(id, id === 'sample' ? null : 'sample', { isSample: true }),
      ) as [ReturnType<typeof subject>, ReturnType<typeof subject>];
      await store.subjects.put([sample, unit]);
      const accepted = '2015-01-05T00:00:00.000Z';
      const order = (where: string) => record('work-orders', '1', { accepted }, { subject: where });
      await importRecords(store, sample.id, [order(unit.id)]);
      await importRecords(store, city, [order(city)]);
      const [theirs, ours] = [evaluationOf(sample.id, '2015-Q1'), evaluationOf(city, '2015-Q1')];
      for (const each of [theirs, ours]) await store.evaluations.save(each, modelOf(), importedAt);
      await store.reports.save(reportOf(sample.id, Uint8Array.of(9)), Uint8Array.of(9));
      assert.deepEqual(await store.removeSample(), { records: 1, evaluations: 1, subjects: 2 });
      assert.equal(await store.subjects.get(unit.id), null);
      assert.equal(await store.evaluations.get(theirs.sha256), null);
      assert.deepEqual(await store.imports.list(sample.id), []);
      assert.equal(await store.reports.get(reportOf(sample.id, Uint8Array.of(9)).sha256), null);
      assert.deepEqual(await store.evaluations.get(ours.sha256), ours);
      const leaves = [leaf('X.1', recordsMeasure())];
      const [observed] = await store.evidence.observe({ ...during(city, '2015-Q1'), leaves });
      assert.equal(observed?.denominator, 1);
      assert.deepEqual(await store.removeSample(), { records: 0, evaluations: 0, subjects: 0 });
    });
  });
}
