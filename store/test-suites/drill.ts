import assert from 'node:assert/strict';
import type { Drill } from '../../scoring/contract.ts';
import type { RecordsMeasure } from '../evidence/cohort.ts';
import { binary, closedByCutoff, code, field, hours, truth } from './expressions.ts';
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

export function describeDrill(suite: SuiteStore): void {
  /** Seven sound orders, one invalid, one faulty, over a city with two units and a desk. */
  async function sampleCity(): Promise<string> {
    const city = await freshSubject(suite.store);
    const [u, v, desk] = [`${city}/u`, `${city}/v`, `${city}/u/d`];
    const rows: [string, string | null, string, number | null][] = [
      ['1', 'citizen', city, 3],
      ['2', 'citizen', u, 5],
      ['3', 'citizen', desk, null],
      ['4', 'sensor', desk, 8],
      ['5', null, v, 13],
      ['6', null, v, null],
      ['7', 'sensor', v, 0.1],
    ];
    const order = ([id, channel, where, open]: (typeof rows)[number]) => {
      const accepted = Date.UTC(2015, 0, 5, Number(id));
      const closed = open === null ? null : new Date(accepted + open * 3_600_000).toISOString();
      const fields = { channel, accepted: new Date(accepted).toISOString(), closed };
      return record('work-orders', id, fields, { subject: where, line: Number(id) + 1 });
    };
    const invalid = order(['8', 'citizen', u, 1]);
    const faulty = { ...order(['9', 'citizen', u, 1]), fault: 'impossible' };
    const all = [...rows.map(order), { ...invalid, fields: { ...invalid.fields, invalid: true } }, faulty];
    const subjects = [subject(u, city), subject(v, city), subject(desk, u)];
    await importRecords(suite.store, city, all, { subjects });
    return city;
  }

  const drill = (city: string, measure: RecordsMeasure, by: string): Promise<Drill> =>
    suite.store.evidence.drill({ ...during(city, '2015-Q1'), leaf: leaf('X.1', measure), by });

  const mean = recordsMeasure({
    reduction: { kind: 'mean', of: hours('accepted', 'closed'), among: closedByCutoff },
  });

  describe('drill-down', () => {
    it('splits a ratio by slice, absent values as a part of their own, biggest denominator first', async () => {
      const city = await sampleCity();
      const { parts, whole, ...rest } = await drill(city, recordsMeasure(), 'channel');
      const request = during(city, '2015-Q1');
      const identity = { indicator: 'X.1', subject: city, period: '2015-Q1', asOf: request.cutoff };
      assert.deepEqual(rest, { ...identity, by: 'channel', reduction: 'ratio' });
      assert.deepEqual(parts, [
        { slice: 'citizen', value: 2 / 3, numerator: 2, denominator: 3 },
        { slice: 'sensor', value: 1, numerator: 2, denominator: 2 },
        { slice: null, value: 0.5, numerator: 1, denominator: 2 },
      ]);
      assert.deepEqual(whole, { slice: null, value: 5 / 7, numerator: 5, denominator: 7 });
    });

    it('splits by direct child, records of the subject itself under its own id', async () => {
      const city = await sampleCity();
      const { parts } = await drill(city, recordsMeasure(), 'subject');
      assert.deepEqual(
        parts.map(({ slice, numerator, denominator }) => [slice, numerator, denominator]),
        [
          [`${city}/u`, 2, 3],
          [`${city}/v`, 2, 3],
          [city, 1, 1],
        ],
      );
    });

    it('adds up exactly for counts and means, and equals the figure observed', async () => {
      const city = await sampleCity();
      const citizens = recordsMeasure({
        reduction: { kind: 'count', of: binary('==', field('channel'), code('citizen')) },
      });
      for (const measure of [recordsMeasure(), citizens, mean]) {
        const leaves = [leaf('X.1', measure)];
        const [observed] = await suite.store.evidence.observe({ ...during(city, '2015-Q1'), leaves });
        for (const by of ['unit', 'type', 'neighbourhood', 'channel', 'subject']) {
          const { whole, parts } = await drill(city, measure, by);
          const sum = (key: 'numerator' | 'denominator') =>
            parts.reduce((total, part) => total + part[key], 0);
          assert.equal(whole.numerator, sum('numerator'));
          assert.equal(whole.denominator, sum('denominator'));
          assert.ok(Math.abs((whole.value ?? Number.NaN) - (observed?.value ?? Number.NaN)) < 1e-12);
        }
      }
    });

    it('counts the cohort below the line of a count', async () => {
      const city = await sampleCity();
      const sensor = binary('==', field('channel'), code('sensor'));
      const { parts, whole } = await drill(
        city,
        recordsMeasure({ reduction: { kind: 'count', of: sensor } }),
        'channel',
      );
      assert.deepEqual(whole, { slice: null, value: 2, numerator: 2, denominator: 7 });
      assert.deepEqual(parts[0], { slice: 'citizen', value: 0, numerator: 0, denominator: 3 });
    });

    it('gives each slice its own percentile, with the number of records looked at', async () => {
      const city = await sampleCity();
      const reduction = { ...mean.reduction, kind: 'percentile', at: 0.5 } as RecordsMeasure['reduction'];
      const { parts, whole } = await drill(city, recordsMeasure({ reduction }), 'channel');
      assert.deepEqual(whole, { slice: null, value: 5, numerator: 5, denominator: 5 });
      assert.deepEqual(parts, [
        { slice: 'citizen', value: 4, numerator: 2, denominator: 2 },
        { slice: 'sensor', value: 4.05, numerator: 2, denominator: 2 },
        { slice: null, value: 13, numerator: 1, denominator: 1 },
      ]);
    });

    it('is empty for an empty cohort, and null where the denominator of a slice is 0', async () => {
      const city = await sampleCity();
      const { parts } = await drill(city, mean, 'subject');
      assert.equal(parts.length, 3);
      const later = { ...during(city, '2015-Q2'), leaf: leaf('X.1', mean), by: 'unit' };
      const covers = { from: later.period.start, to: later.period.end };
      await importRecords(suite.store, city, [], { covers });
      const empty = await suite.store.evidence.drill(later);
      assert.deepEqual(empty.parts, []);
      assert.deepEqual(empty.whole, { slice: null, value: null, numerator: 0, denominator: 0 });
      const none = recordsMeasure({
        reduction: { kind: 'ratio', numerator: truth, denominator: { op: 'has', field: 'due' } },
      });
      const { parts: unbased } = await drill(city, none, 'type');
      assert.deepEqual(unbased, [{ slice: null, value: null, numerator: 0, denominator: 0 }]);
    });

    it('refuses a period for which nothing was reported, in the words of the observation', async () => {
      const city = await sampleCity();
      for (const measure of [recordsMeasure(), mean]) {
        const request = { ...during(city, '2015-Q2'), leaf: leaf('X.1', measure), by: 'unit' };
        await assert.rejects(suite.store.evidence.drill(request), {
          name: 'InputError',
          message: 'No work orders were reported for 2015-Q2, and no imported file covers that period.',
        });
      }
    });

    it('refuses an unknown slice and a leaf that is not measured from records', async () => {
      const city = await sampleCity();
      await assert.rejects(drill(city, recordsMeasure(), 'constructor'), {
        name: 'RangeError',
        message:
          'work-orders have no slice "constructor": use one of unit, type, neighbourhood, channel, subject',
      });
      const request = { ...during(city, '2015-Q1'), leaf: leaf('X.2', { kind: 'entry' }), by: 'unit' };
      await assert.rejects(suite.store.evidence.drill(request), {
        name: 'RangeError',
        message: 'indicator "X.2" is not measured from records',
      });
    });
  });

  describe('sample of evidence', () => {
    const sample = (city: string, measure: RecordsMeasure, limit = 100) =>
      suite.store.evidence.sample({ ...during(city, '2015-Q1'), leaf: leaf('X.1', measure), limit });

    it('shows records of the cohort by cohort time, at most as many as asked', async () => {
      const city = await sampleCity();
      const ids = (await sample(city, recordsMeasure())).map(({ record: { id } }) => id);
      assert.deepEqual(ids, ['1', '2', '3', '4', '5', '6', '7']);
      const [first, ...others] = await sample(city, recordsMeasure(), 1);
      assert.equal(others.length, 0);
      assert.equal(first?.fileName, 'orders.csv');
      assert.equal(first?.record.line, 2);
    });

    it('says of each record whether it counts above and below the line', async () => {
      const city = await sampleCity();
      const sensor = binary('==', field('channel'), code('sensor'));
      const share = recordsMeasure({
        reduction: { kind: 'ratio', numerator: closedByCutoff, denominator: sensor },
      });
      const count = recordsMeasure({ reduction: { kind: 'count', of: sensor } });
      const flags = async (measure: RecordsMeasure) =>
        (await sample(city, measure))
          .slice(2, 5)
          .map(({ record: { id }, isInNumerator, isInDenominator }) => [id, isInNumerator, isInDenominator]);
      assert.deepEqual(await flags(share), [
        ['3', false, false],
        ['4', true, true],
        ['5', false, false],
      ]);
      assert.deepEqual(await flags(count), [
        ['3', false, true],
        ['4', true, true],
        ['5', false, true],
      ]);
      assert.deepEqual(await flags(mean), [
        ['3', null, false],
        ['4', null, true],
        ['5', null, true],
      ]);
    });
  });
}
