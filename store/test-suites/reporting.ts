import assert from 'node:assert/strict';
import type { Observation } from '../../scoring/contract.ts';
import type { EvidenceRequest } from '../contract.ts';
import type { RecordsMeasure } from '../evidence/cohort.ts';
import { closedByCutoff, hours, truth } from './expressions.ts';
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

/** What an empty cohort means. */
export function describeReporting(suite: SuiteStore): void {
  async function observe(request: EvidenceRequest, measure: RecordsMeasure): Promise<Observation> {
    const all = await suite.store.evidence.observe({ ...request, leaves: [leaf('X.1', measure)] });
    assert.equal(all.length, 1);
    return all[0] as Observation;
  }

  async function withOrder(fields: Readonly<Record<string, string | boolean>>): Promise<string> {
    const city = await freshSubject(suite.store);
    await importRecords(suite.store, city, [record('work-orders', 'w1', fields, { subject: city })]);
    return city;
  }

  const count = (of = truth) => recordsMeasure({ reduction: { kind: 'count', of } });
  const handling = hours('accepted', 'closed');

  describe('absence of records', () => {
    it('calls a ratio, a mean and a percentile without base zeroBase, with its reason and its source', async () => {
      const city = await withOrder({ accepted: '2015-01-05T00:00:00Z' });
      const among = closedByCutoff;
      const reductions = [
        { kind: 'ratio', numerator: truth, denominator: among },
        { kind: 'mean', of: handling, among },
        { kind: 'percentile', of: handling, among, at: 0.9 },
      ] as const;
      for (const reduction of reductions) {
        const observation = await observe(during(city, '2015-Q1'), recordsMeasure({ reduction }));
        assert.equal(observation.state, 'zeroBase');
        assert.equal(observation.value, null);
        assert.equal(observation.provenance, null);
        assert.equal(observation.source?.rows, 1);
        assert.match(observation.reason?.zh ?? '', /2015-Q1.*工单.*分母为 0/);
      }
    });

    it('counts 0 where records of the kind exist but none of them meets the condition', async () => {
      const city = await withOrder({ accepted: '2015-01-05T00:00:00Z', invalid: true });
      const { state, value, source } = await observe(during(city, '2015-Q1'), count());
      assert.deepEqual([state, value, source?.rows], ['measured', 0, 0]);
    });

    it('never counts 0 for a kind that was not reported: notReported, naming kind and period', async () => {
      const city = await withOrder({ accepted: '2015-01-05T00:00:00Z' });
      const observation = await observe(during(city, '2015-Q2'), count());
      assert.equal(observation.state, 'notReported');
      assert.equal(observation.value, null);
      assert.equal(observation.source, null);
      assert.deepEqual(observation.reason, {
        zh: '评估周期 2015-Q2 内未报送工单数据，且没有任何导入文件声明覆盖该周期。',
        en: 'No work orders were reported for 2015-Q2, and no imported file covers that period.',
      });
    });

    it('counts 0 in a period that a file declares to cover, for the subject, those above and below', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const [unit, desk, other] = [`${city}/u`, `${city}/u/d`, `${city}/v`];
      await store.subjects.put([subject(unit, city), subject(desk, unit), subject(other, city)]);
      const covers = { from: '2014-12-31T16:00:00Z', to: '2015-03-31T16:00:00Z' };
      await importRecords(store, unit, [], { kind: 'security-events', covers });
      const leak = recordsMeasure({ ...count(), records: 'security-events', cohort: 'found', where: truth });
      const states = [];
      for (const id of [city, unit, desk, other]) {
        const { state, value } = await observe(during(id, '2015-Q1'), leak);
        states.push([state, value]);
      }
      const zero = ['measured', 0];
      assert.deepEqual(states, [zero, zero, zero, ['notReported', null]]);
      assert.equal((await observe(during(unit, '2015-Q2'), leak)).state, 'notReported');
      assert.equal((await observe(during(unit, '2015'), leak)).state, 'notReported');
      const early = during(unit, '2015', { cutoff: '2015-03-31T16:00:00Z' });
      assert.equal((await observe(early, leak)).value, 0);
    });

    it('joins the files of one subject into one cover, but not across a gap', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const month = (from: string, to: string) =>
        importRecords(store, city, [], {
          kind: 'incidents',
          covers: { from: `${from}T16:00:00Z`, to: `${to}T16:00:00Z` },
        });
      await month('2014-12-31', '2015-01-31');
      await month('2015-02-28', '2015-03-31');
      const outages = recordsMeasure({ ...count(), records: 'incidents', cohort: 'started', where: truth });
      assert.equal((await observe(during(city, '2015-Q1'), outages)).state, 'notReported');
      await month('2015-01-31', '2015-02-28');
      assert.equal((await observe(during(city, '2015-Q1'), outages)).value, 0);
    });

    it('says that a period had not begun at the cut-off', async () => {
      const city = await withOrder({ accepted: '2015-01-05T00:00:00Z' });
      const request = during(city, '2015-Q1', { cutoff: '2014-12-31T16:00:00Z' });
      const { state, reason } = await observe(request, count());
      assert.equal(state, 'notReported');
      assert.equal(reason?.en, 'Period 2015-Q1 begins after the cut-off, so there are no work orders yet.');
    });
  });
}
