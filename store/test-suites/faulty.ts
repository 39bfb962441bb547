import assert from 'node:assert/strict';
import type { FieldValue, RecordKind } from '../../scoring/contract.ts';
import type { RecordsMeasure } from '../evidence/cohort.ts';
import { truth } from './expressions.ts';
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

type Fields = Readonly<Record<string, FieldValue>>;

const lacking = 'the time does not exist';

/** Records whose faults took the very instant that places them in a period. */
export function describeFaulty(suite: SuiteStore): void {
  const faulty = (other: Partial<RecordsMeasure> = {}) =>
    recordsMeasure({
      population: 'withFaulty',
      reduction: { kind: 'ratio', numerator: { op: 'faulty' }, denominator: truth },
      ...other,
    });
  const sound = recordsMeasure({ reduction: { kind: 'count', of: truth } });

  async function observe(city: string, period: string, measure: RecordsMeasure, cutoff?: string) {
    const request = during(city, period, cutoff === undefined ? {} : { cutoff });
    const [found] = await suite.store.evidence.observe({ ...request, leaves: [leaf('X.1', measure)] });
    assert.ok(found);
    return found;
  }

  /** Numerator and denominator of the faulty ratio; null where nothing is reported. */
  async function partsOf(city: string, period: string, measure = faulty(), cutoff?: string) {
    const { state, numerator, denominator } = await observe(city, period, measure, cutoff);
    return state === 'notReported' ? null : [numerator, denominator];
  }

  async function withOrders(
    orders: readonly { readonly fields: Fields; readonly fault?: string | null }[],
    options: { kind?: RecordKind; covers?: { from: string; to: string } } = {},
  ): Promise<string> {
    const city = await freshSubject(suite.store);
    const rows = orders.map(({ fields, fault = lacking }, index) =>
      record(options.kind ?? 'work-orders', `w${index}`, fields, { subject: city, line: index + 2, fault }),
    );
    await importRecords(suite.store, city, rows, options);
    return city;
  }

  describe('faulty records without a cohort instant', () => {
    it('count in the period of their first other instant, in the order of the fields', async () => {
      const city = await withOrders([
        { fields: { accepted: '2015-01-05T00:00:00Z' }, fault: null },
        { fields: { accepted: '2015-01-06T00:00:00Z', closed: '2015-01-01T00:00:00Z' } },
        { fields: { found: '2015-02-01T00:00:00Z', closed: '2015-05-01T00:00:00Z' } },
        { fields: { closed: '2015-05-01T00:00:00Z', due: '2015-02-01T00:00:00Z' } },
        { fields: { due: '2015-08-01T00:00:00Z' } },
      ]);
      assert.deepEqual(await partsOf(city, '2015-Q1'), [2, 3]);
      assert.deepEqual(await partsOf(city, '2015-Q2'), [1, 1]);
      assert.deepEqual(await partsOf(city, '2015-Q3'), [1, 1]);
      assert.equal(await partsOf(city, '2015-Q4'), null);
      assert.deepEqual(await partsOf(city, '2015'), [4, 5]);
      assert.equal((await observe(city, '2015-Q1', faulty())).source?.rows, 3);
    });

    it('leave measures of sound records as they are', async () => {
      const city = await withOrders([
        { fields: { accepted: '2015-01-05T00:00:00Z' }, fault: null },
        { fields: { found: '2015-02-01T00:00:00Z' } },
        { fields: { found: '2015-05-01T00:00:00Z' } },
      ]);
      const first = await observe(city, '2015-Q1', sound);
      assert.deepEqual([first.value, first.source?.rows], [1, 1]);
      assert.equal((await observe(city, '2015-Q2', sound)).state, 'notReported');
    });

    it('leave out sound records without a cohort instant: an order that was only found', async () => {
      const city = await withOrders([
        { fields: { accepted: '2015-01-05T00:00:00Z' }, fault: null },
        { fields: { found: '2015-02-01T00:00:00Z' }, fault: null },
      ]);
      assert.deepEqual(await partsOf(city, '2015-Q1'), [0, 1]);
    });

    it('keep to the condition of the measure, the cut-off and the borders of the period', async () => {
      const city = await withOrders([
        { fields: { found: '2014-12-31T16:00:00.000Z' } },
        { fields: { found: '2015-03-31T15:59:59.999Z' } },
        { fields: { found: '2015-03-31T16:00:00.000Z' } },
        { fields: { found: '2015-02-01T00:00:00.000Z', invalid: true } },
      ]);
      assert.deepEqual(await partsOf(city, '2015-Q1'), [2, 2]);
      assert.deepEqual(await partsOf(city, '2015-Q1', faulty({ where: truth })), [3, 3]);
      assert.deepEqual(await partsOf(city, '2015-Q1', faulty(), '2015-03-31T15:59:59.998Z'), [1, 1]);
    });

    it('count, without any instant, in every period that their import covers some of', async () => {
      const covers = { from: '2015-02-14T16:00:00Z', to: '2015-06-30T16:00:00Z' };
      const city = await withOrders(
        [{ fields: { accepted: '2015-03-05T00:00:00Z' }, fault: null }, { fields: { type: 'lamp' } }],
        { covers },
      );
      assert.deepEqual(await partsOf(city, '2015-Q1'), [1, 2]);
      assert.deepEqual(await partsOf(city, '2015-Q2'), [1, 1]);
      assert.equal(await partsOf(city, '2014-Q4'), null);
      assert.equal(await partsOf(city, '2015-Q3'), null);
      assert.equal(await partsOf(city, '2015-Q1', faulty(), '2015-02-14T15:59:59Z'), null);
    });

    it('take the span of the sound records for what an import covers, be it one instant', async () => {
      const city = await withOrders([
        { fields: { accepted: '2015-03-31T16:00:00Z' }, fault: null },
        { fields: {} },
      ]);
      assert.equal(await partsOf(city, '2015-Q1'), null);
      assert.deepEqual(await partsOf(city, '2015-Q2'), [1, 2]);
    });

    it('count when they were imported if the import covers nothing known', async () => {
      const city = await withOrders([{ fields: {} }, { fields: {} }]);
      assert.equal(importedAt, '2026-02-03T04:05:06.000Z');
      assert.deepEqual(await partsOf(city, '2026-Q1'), [2, 2]);
      assert.equal(await partsOf(city, '2025-Q4'), null);
      assert.equal(await partsOf(city, '2026-Q2'), null);
    });

    it('count for kinds whose only instant is the one that places them', async () => {
      const covers = { from: '2014-12-31T16:00:00Z', to: '2015-03-31T16:00:00Z' };
      const city = await withOrders(
        [
          { fields: { respondentKind: 'user', answered: '2015-01-05T00:00:00Z' }, fault: null },
          { fields: { respondentKind: 'user' } },
        ],
        { kind: 'surveys', covers },
      );
      const measure = faulty({ records: 'surveys', cohort: 'answered', where: truth });
      assert.deepEqual(await partsOf(city, '2015-Q1', measure), [1, 2]);
      assert.equal(await partsOf(city, '2015-Q2', measure), null);
    });

    it('stand in the drill-down and in the sample like the others', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const unit = subject(`${city}/u`, city);
      const order = (id: string, fields: Fields, where: string, fault: string | null) =>
        record('work-orders', id, fields, { subject: where, fault });
      const rows = [
        order('a', { accepted: '2015-01-05T00:00:00Z' }, city, null),
        order('b', { accepted: '2015-03-05T00:00:00Z' }, unit.id, null),
        order('c', { found: '2015-02-01T00:00:00Z' }, unit.id, lacking),
        order('d', {}, city, lacking),
      ];
      await importRecords(store, city, rows, { subjects: [unit] });
      const request = { ...during(city, '2015-Q1'), leaf: leaf('X.1', faulty()) };
      const { parts, whole } = await store.evidence.drill({ ...request, by: 'subject' });
      assert.deepEqual(parts, [
        { slice: city, value: 0.5, numerator: 1, denominator: 2 },
        { slice: unit.id, value: 0.5, numerator: 1, denominator: 2 },
      ]);
      assert.deepEqual(whole, { slice: null, value: 0.5, numerator: 2, denominator: 4 });
      const sample = await store.evidence.sample({ ...request, limit: 10 });
      assert.deepEqual(
        sample.map(({ record: { id, fault }, isInNumerator }) => [id, fault, isInNumerator]),
        [
          ['a', null, false],
          ['c', lacking, true],
          ['b', null, false],
          ['d', lacking, true],
        ],
      );
    });
  });
}
