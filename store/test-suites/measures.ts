import assert from 'node:assert/strict';
import type { Observation } from '../../scoring/contract.ts';
import type { EvidenceRequest } from '../contract.ts';
import type { RecordsMeasure } from '../evidence/cohort.ts';
import { binary, bound, code, field, hours, number, truth } from './expressions.ts';
import {
  during,
  freshSubject,
  importRecords,
  leaf,
  record,
  recordsMeasure,
  type SuiteStore,
  subject,
} from './fixtures.ts';

type Times = Readonly<Record<string, string | boolean>>;

export function describeMeasures(suite: SuiteStore): void {
  async function observe(request: EvidenceRequest, measure: RecordsMeasure): Promise<Observation> {
    const all = await suite.store.evidence.observe({ ...request, leaves: [leaf('X.1', measure)] });
    assert.equal(all.length, 1);
    return all[0] as Observation;
  }

  async function withOrders(fields: readonly Times[], timeZone?: string): Promise<string> {
    const city = await freshSubject(suite.store, timeZone);
    const orders = fields.map((each, index) => {
      const { fault, ...rest } = each;
      const other = { subject: city, line: index + 2, fault: typeof fault === 'string' ? fault : null };
      return record('work-orders', `w${index}`, rest, other);
    });
    await importRecords(suite.store, city, orders);
    return city;
  }

  const count = (of = truth) => recordsMeasure({ reduction: { kind: 'count', of } });
  const handling = hours('accepted', 'closed');

  describe('measures from records', () => {
    it('gives a ratio with numerator, denominator and the whole source', async () => {
      const city = await withOrders([
        { accepted: '2015-01-05T00:00:00Z', closed: '2015-02-05T00:00:00Z' },
        { accepted: '2015-01-06T00:00:00Z', closed: '2015-07-01T00:00:00Z' },
        { accepted: '2015-01-07T00:00:00Z' },
        { accepted: '2015-01-08T00:00:00Z', invalid: true, closed: '2015-01-09T00:00:00Z' },
        { accepted: '2015-01-08T00:00:00Z', fault: 'closed before accepted', closed: '2015-01-01T00:00:00Z' },
      ]);
      const request = during(city, '2015-Q1', { cutoff: '2015-04-01T00:00:00Z' });
      assert.deepEqual(await observe(request, recordsMeasure()), {
        indicator: 'X.1',
        subject: city,
        period: '2015-Q1',
        state: 'measured',
        value: 1 / 3,
        numerator: 1,
        denominator: 3,
        unit: 'ratio',
        provenance: 'measured',
        reason: null,
        source: {
          kind: 'records',
          query: 'ratio(closed <= cutoff)',
          files: [{ name: 'orders.csv', sha256: 'f00d', rows: 3 }],
          rows: 3,
          asOf: '2015-04-01T00:00:00Z',
        },
      });
    });

    it('names every file with the rows it gave, most rows first', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const order = (id: string) =>
        record('work-orders', id, { accepted: '2015-01-05T00:00:00Z' }, { subject: city });
      await importRecords(store, city, [order('1')], { fileName: 'a.csv', sha256: 'aa' });
      await importRecords(store, city, [order('1'), order('2'), order('3')], {
        fileName: 'b.csv',
        sha256: 'bb',
      });
      const { source } = await observe(during(city, '2015-Q1'), count());
      assert.deepEqual(source?.files, [
        { name: 'b.csv', sha256: 'bb', rows: 2 },
        { name: 'a.csv', sha256: 'aa', rows: 1 },
      ]);
    });

    it('cuts periods in the zone of the subject: first instant in, first instant of the next out', async () => {
      const city = await withOrders(
        [
          { accepted: '2015-03-01T04:59:59.999Z' },
          { accepted: '2015-03-01T05:00:00.000Z' },
          { accepted: '2015-04-01T03:59:59.999Z' },
          { accepted: '2015-04-01T04:00:00.000Z' },
        ],
        'America/New_York',
      );
      const inZone = (period: string, timeZone: string) =>
        observe(during(city, period, { timeZone, cutoff: '2016-01-01T00:00:00Z' }), count());
      assert.equal((await inZone('2015-02', 'America/New_York')).value, 1);
      assert.equal((await inZone('2015-03', 'America/New_York')).value, 2);
      assert.equal((await inZone('2015-04', 'America/New_York')).value, 1);
      assert.equal((await inZone('2015-03', 'UTC')).value, 2);
      assert.equal((await inZone('2015-04', 'UTC')).value, 2);
    });

    it('takes what was accepted at the cut-off and nothing after it', async () => {
      const city = await withOrders([
        { accepted: '2015-01-05T00:00:00.000Z' },
        { accepted: '2015-01-05T00:00:00.001Z' },
      ]);
      const cutoff = '2015-01-05T00:00:00Z';
      assert.equal((await observe(during(city, '2015-Q1', { cutoff }), count())).value, 1);
    });

    it('counts records of all subjects below, and of no others', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const [unit, desk] = [subject(`${city}/u`, city), subject(`${city}/u/d`, `${city}/u`)];
      const accepted = '2015-01-05T00:00:00Z';
      const at = (id: string, where: string) => record('work-orders', id, { accepted }, { subject: where });
      const rows = [at('1', city), at('2', unit.id), at('3', desk.id), at('4', desk.id)];
      await importRecords(store, city, rows, { subjects: [unit, desk] });
      const values = [];
      for (const id of [city, unit.id, desk.id]) {
        values.push((await observe(during(id, '2015-Q1'), count())).value);
      }
      assert.deepEqual(values, [4, 3, 2]);
    });

    it('gives mean and percentiles with linear interpolation over those that have the value', async () => {
      const city = await withOrders([
        { accepted: '2015-01-05T00:00:00Z', closed: '2015-01-05T02:00:00Z' },
        { accepted: '2015-01-05T00:00:00Z', closed: '2015-01-05T03:30:00Z' },
        { accepted: '2015-01-05T00:00:00Z', closed: '2015-01-05T08:00:00Z' },
        { accepted: '2015-01-05T00:00:00Z', closed: '2015-01-06T00:00:00Z' },
        { accepted: '2015-01-05T00:00:00Z' },
      ]);
      const of = { of: handling, among: truth };
      const request = during(city, '2015-Q1');
      const mean = await observe(request, recordsMeasure({ reduction: { kind: 'mean', ...of } }));
      assert.deepEqual([mean.value, mean.numerator, mean.denominator], [9.375, 37.5, 4]);
      const at = async (share: number) =>
        (await observe(request, recordsMeasure({ reduction: { kind: 'percentile', ...of, at: share } })))
          .value;
      assert.deepEqual([await at(0), await at(0.5), await at(0.75), await at(1)], [2, 5.75, 12, 24]);
    });

    it('gives the hours of the period for each record that meets the condition, and a zero base for none', async () => {
      const city = await withOrders([
        { accepted: '2015-01-05T00:00:00Z', channel: 'sensor' },
        { accepted: '2015-01-06T00:00:00Z', channel: 'sensor' },
        { accepted: '2015-01-07T00:00:00Z', channel: 'citizen' },
      ]);
      const interval = (channel: string) =>
        recordsMeasure({
          reduction: { kind: 'interval', of: binary('==', field('channel'), code(channel)) },
        });
      const sensor = await observe(during(city, '2015-Q1'), interval('sensor'));
      assert.deepEqual([sensor.value, sensor.numerator, sensor.denominator], [1080, 2160, 2]);
      assert.equal((await observe(during(city, '2015-Q1'), interval('ai'))).state, 'zeroBase');
    });

    it('measures leaves that share a cohort side by side, each for itself', async () => {
      const city = await withOrders([
        { accepted: '2015-01-05T00:00:00Z', closed: '2015-01-05T06:00:00Z', channel: 'sensor' },
        { accepted: '2015-01-05T00:00:00Z', channel: 'citizen' },
        { accepted: '2015-01-05T00:00:00Z', channel: 'citizen', fault: 'impossible' },
      ]);
      const citizen = binary('==', field('channel'), code('citizen'));
      const leaves = [
        leaf(
          'X.share',
          recordsMeasure({ reduction: { kind: 'ratio', numerator: citizen, denominator: truth } }),
        ),
        leaf('X.count', count(citizen), 'count'),
        leaf('X.hours', recordsMeasure({ reduction: { kind: 'mean', of: handling, among: truth } }), 'hour'),
        leaf(
          'X.faulty',
          recordsMeasure({
            population: 'withFaulty',
            reduction: { kind: 'ratio', numerator: { op: 'faulty' }, denominator: truth },
          }),
        ),
      ];
      const all = await suite.store.evidence.observe({ ...during(city, '2015-Q1'), leaves });
      assert.deepEqual(
        all.map(({ indicator, value, unit }) => [indicator, value, unit]),
        [
          ['X.share', 0.5, 'ratio'],
          ['X.count', 1, 'count'],
          ['X.hours', 6, 'hour'],
          ['X.faulty', 1 / 3, 'ratio'],
        ],
      );
    });

    it('takes a division by zero for an absent value', async () => {
      const city = await withOrders([{ accepted: '2015-01-05T00:00:00Z' }]);
      const of = binary('/', number(3), number(0));
      const measure = recordsMeasure({ reduction: { kind: 'mean', of, among: truth } });
      assert.equal((await observe(during(city, '2015-Q1'), measure)).state, 'zeroBase');
    });

    it('reports a number beyond the range of doubles as a failed figure, and still measures the others', async () => {
      const city = await withOrders([{ accepted: '2015-01-05T00:00:00Z' }]);
      const of = binary('*', number(1e300), number(1e300));
      const overflow = recordsMeasure({ reduction: { kind: 'mean', of, among: truth } });
      const leaves = [leaf('X.bad', overflow), leaf('X.good', count())];
      const [bad, good] = await suite.store.evidence.observe({ ...during(city, '2015-Q1'), leaves });
      assert.equal(bad?.state, 'failed');
      assert.equal(bad?.value, null);
      assert.match(bad?.reason?.en ?? '', /out of range/);
      assert.equal(good?.value, 1);
    });

    it('refuses a field that the kind does not have and a cohort that is no instant', async () => {
      const city = await withOrders([]);
      const request = during(city, '2015-Q1');
      await assert.rejects(observe(request, count(binary('==', field('pg_sleep'), number(1)))), {
        name: 'RangeError',
        message: 'work-orders have no field "pg_sleep"',
      });
      await assert.rejects(observe(request, recordsMeasure({ cohort: 'type' })), RangeError);
    });

    it('passes codes as values, never as SQL', async () => {
      const city = await withOrders([
        { accepted: '2015-01-05T00:00:00Z', type: "'; drop table subjects; --" },
      ]);
      const same = binary('==', field('type'), code("'; drop table subjects; --"));
      assert.equal((await observe(during(city, '2015-Q1'), count(same))).value, 1);
      assert.equal((await suite.store.subjects.get(city))?.id, city);
    });

    it('knows the bounds of the period', async () => {
      const city = await withOrders([
        { accepted: '2015-01-05T00:00:00Z', due: '2015-03-31T16:00:00Z', found: '2014-12-31T15:59:59.999Z' },
        { accepted: '2015-01-05T00:00:00Z', due: '2015-03-31T15:59:59.999Z', found: '2014-12-31T16:00:00Z' },
      ]);
      const request = during(city, '2015-Q1', { cutoff: '2015-02-01T00:00:00Z' });
      assert.equal((await observe(request, count(binary('<', field('due'), bound('end'))))).value, 1);
      assert.equal((await observe(request, count(binary('>=', field('found'), bound('start'))))).value, 1);
      assert.equal((await observe(request, count(binary('>', field('due'), bound('cutoff'))))).value, 2);
    });
  });
}
