import assert from 'node:assert/strict';
import type { FieldValue, Observation } from '../../scoring/contract.ts';
import {
  during,
  freshSubject,
  importedAt,
  importRecords,
  leaf,
  record,
  recordsMeasure,
  type SuiteStore,
} from './fixtures.ts';

const file = { fileName: 'observations.csv', sha256: 'beef', importedAt, rejected: 2 };

function given(subject: string, other: Partial<Observation> = {}): Observation {
  return {
    indicator: 'S1.P3',
    subject,
    period: '2015-Q1',
    state: 'selfReported',
    value: 0.83,
    numerator: 83,
    denominator: 100,
    unit: 'ratio',
    provenance: 'selfReported',
    reason: null,
    source: { kind: 'file', query: null, files: [], rows: null, asOf: '2015-04-01T00:00:00Z' },
    ...other,
  };
}

export function describeCandidates(suite: SuiteStore): void {
  async function enter(city: string, fields: Record<string, FieldValue>, fault: string | null = null) {
    const entry = { indicator: 'S1.P3', period: '2015-Q1', ...fields };
    const records = [record('entries', 'e1', entry, { subject: city, fault })];
    await importRecords(suite.store, city, records, { kind: 'entries', fileName: 'entries.csv' });
    return await suite.store.evidence.observe({
      ...during(city, '2015-Q1', { cutoff: '2015-04-01T00:00:00Z' }),
      leaves: [leaf('S1.P3', { kind: 'entry' })],
    });
  }

  describe('entries as candidates', () => {
    it('takes a value with an evidence file as submitted, with who answers for it', async () => {
      const city = await freshSubject(suite.store);
      const people = { submittedBy: '张三', verifiedBy: '李四' };
      const observations = await enter(city, { value: 0.87, evidence: 'minutes.pdf', ...people });
      assert.deepEqual(observations, [
        {
          indicator: 'S1.P3',
          subject: city,
          period: '2015-Q1',
          state: 'submitted',
          value: 0.87,
          numerator: null,
          denominator: null,
          unit: 'ratio',
          provenance: 'submitted',
          reason: null,
          source: {
            kind: 'entry',
            query: null,
            files: [{ name: 'entries.csv', sha256: 'f00d', rows: 1 }],
            rows: null,
            asOf: '2015-04-01T00:00:00Z',
            evidence: 'minutes.pdf',
            ...people,
          },
        },
      ]);
    });

    it('divides numerator by denominator, self-reported without an evidence file', async () => {
      const city = await freshSubject(suite.store);
      const [observation] = await enter(city, { numerator: 13, denominator: 16 });
      assert.deepEqual(
        [observation?.state, observation?.provenance, observation?.value, observation?.numerator],
        ['selfReported', 'selfReported', 0.8125, 13],
      );
    });

    it('calls a denominator of 0 zeroBase, and an entry without figure notReported', async () => {
      const [one, two] = [await freshSubject(suite.store), await freshSubject(suite.store)];
      const [zero] = await enter(one, { numerator: 0, denominator: 0 });
      assert.deepEqual([zero?.state, zero?.value, zero?.provenance], ['zeroBase', null, null]);
      assert.equal(zero?.reason?.zh, '填报的分母为 0。');
      const [empty] = await enter(two, { numerator: 5 });
      assert.deepEqual([empty?.state, empty?.value, empty?.provenance], ['notReported', null, null]);
      assert.match(empty?.reason?.en ?? '', /neither a value nor a complete numerator and denominator/);
    });

    it('gives a faulty entry as failed with its fault', async () => {
      const city = await freshSubject(suite.store);
      const [observation] = await enter(city, { value: 1.3 }, 'value 1.3 is above 1');
      assert.deepEqual([observation?.state, observation?.value], ['failed', null]);
      assert.equal(observation?.reason?.en, 'The entry is faulty: value 1.3 is above 1');
    });

    it('stands beside the measured figure, so that both are seen', async () => {
      const city = await freshSubject(suite.store);
      const order = record('work-orders', '1', { accepted: '2015-01-05T00:00:00Z' }, { subject: city });
      await importRecords(suite.store, city, [order]);
      await enter(city, { value: 0.5 });
      const leaves = [leaf('S1.P3', recordsMeasure())];
      const observations = await suite.store.evidence.observe({ ...during(city, '2015-Q1'), leaves });
      assert.deepEqual(
        observations.map(({ state, value }) => [state, value]),
        [
          ['measured', 0],
          ['selfReported', 0.5],
        ],
      );
    });

    it('says what is missing for a leaf without any entry, and looks at no other period or indicator', async () => {
      const city = await freshSubject(suite.store);
      await enter(city, { value: 0.5 });
      const leaves = [leaf('S1.P4', { kind: 'entry' })];
      const [other] = await suite.store.evidence.observe({ ...during(city, '2015-Q1'), leaves });
      assert.deepEqual([other?.indicator, other?.state], ['S1.P4', 'notReported']);
      const entered = [leaf('S1.P3', { kind: 'entry' })];
      const [later] = await suite.store.evidence.observe({ ...during(city, '2015-Q2'), leaves: entered });
      assert.equal(later?.state, 'notReported');
      assert.equal(later?.reason?.zh, '评估周期 2015-Q2 尚未填报该指标，也未导入观测值。');
    });
  });

  describe('observations', () => {
    it('are kept as they came, idempotent, and offered as candidates', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const [first, second] = [given(city), given(city, { indicator: 'S1.P10', value: 0.3 })];
      const put = (observations: Observation[]) =>
        store.observations.put(observations, { ...file, subject: city });
      assert.deepEqual(await put([first, second]), { new: 2, changed: 0, unchanged: 0 });
      assert.deepEqual(await put([first, second]), { new: 0, changed: 0, unchanged: 2 });
      const corrected = given(city, { value: 0.84, numerator: 84 });
      assert.deepEqual(await put([corrected, second]), { new: 0, changed: 1, unchanged: 1 });
      assert.deepEqual(await store.observations.list(city, '2015-Q1'), [second, corrected]);
      assert.deepEqual(await store.observations.list(city, '2015-Q2'), []);
      const leaves = [leaf('S1.P3', { kind: 'entry' })];
      assert.deepEqual(await store.evidence.observe({ ...during(city, '2015-Q1'), leaves }), [corrected]);
      const [last] = await store.imports.list(city);
      assert.deepEqual(
        [last?.kind, last?.read, last?.changed, last?.unchanged, last?.rejected],
        ['observations', 4, 1, 1, 2],
      );
    });

    it('refuses a subject outside the tree of the file and stores none of it', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const both = [given(city), given('atlantis')];
      await assert.rejects(store.observations.put(both, { ...file, subject: city }), {
        name: 'InputError',
        message: /observations.csv: subject "atlantis" is not "city\d+" and not below it: add it/,
      });
      assert.deepEqual(await store.observations.list(city, '2015-Q1'), []);
    });
  });
}
