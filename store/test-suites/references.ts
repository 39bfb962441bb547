import assert from 'node:assert/strict';
import type { ModelNode, Unit } from '../../scoring/contract.ts';
import { during, freshSubject, importRecords, leaf, record, type SuiteStore } from './fixtures.ts';
import { meanOfMeans, metricLeaf, metricMeasure, samples } from './metric-fixtures.ts';

/** Figures that are another model's. */
export function describeReferences(suite: SuiteStore): void {
  function asking(id: string, unit: Unit): ModelNode {
    const node = leaf(id, { kind: 'entry' }, unit);
    const measure = {
      kind: 'indicator',
      model: 'other',
      indicator: 'wait',
      text: 'indicator other:wait',
    } as const;
    return node.leaf ? { ...node, leaf: { ...node.leaf, measure } } : node;
  }

  async function observe(city: string, node: ModelNode, target: ModelNode | null) {
    const asked: string[] = [];
    const observations = await suite.store.evidence.observe({
      ...during(city, '2015-01'),
      leaves: [node],
      resolveIndicator(model, indicator) {
        asked.push(`${model}:${indicator}`);
        return target;
      },
    });
    assert.deepEqual(asked, ['other:wait']);
    return observations;
  }

  const target = (unit: Unit = 'hour') =>
    metricLeaf('wait', metricMeasure('wait_hours', meanOfMeans, { everySeconds: 31 * 86_400 }), unit);

  async function measured(): Promise<string> {
    const city = await freshSubject(suite.store);
    await suite.store.readings.put(
      samples(
        'wait_hours',
        { subject: city },
        { from: '2015-01-05T00:00:00Z', everySeconds: 60, values: [36] },
      ),
    );
    return city;
  }

  describe('figures of another model', () => {
    it('come under the asking name and unit, and say whose measure ran', async () => {
      const city = await measured();
      const [observation, ...others] = await observe(city, asking('S1.T1', 'day'), target());
      assert.equal(others.length, 0);
      assert.deepEqual(
        [observation?.indicator, observation?.state, observation?.value, observation?.unit],
        ['S1.T1', 'measured', 1.5, 'day'],
      );
      assert.match(observation?.source?.query ?? '', /^other:wait = select avg\(v\)/);
    });

    it('stand beside what was entered for the asking indicator itself', async () => {
      const city = await measured();
      const entry = { indicator: 'S1.T1', period: '2015-01', value: 1.25 };
      await importRecords(suite.store, city, [record('entries', 'e1', entry, { subject: city })], {
        kind: 'entries',
      });
      const observations = await observe(city, asking('S1.T1', 'day'), target());
      assert.deepEqual(
        observations.map(({ indicator, state, value }) => [indicator, state, value]),
        [
          ['S1.T1', 'measured', 1.5],
          ['S1.T1', 'selfReported', 1.25],
        ],
      );
    });

    it('failed where one unit does not become the other', async () => {
      const city = await measured();
      const [observation] = await observe(city, asking('S1.T1', 'ratio'), target());
      assert.deepEqual([observation?.state, observation?.value], ['failed', null]);
      assert.match(observation?.reason?.en ?? '', /other:wait is in hour, which does not convert to ratio/);
    });

    it('are not reported, with the reason of the other, where it has none', async () => {
      const city = await freshSubject(suite.store);
      const [observation] = await observe(city, asking('S1.T1', 'day'), target());
      assert.equal(observation?.state, 'notReported');
      assert.match(observation?.reason?.en ?? '', /no sample of wait_hours/);
    });

    it('are not reported where there is no such indicator', async () => {
      const city = await freshSubject(suite.store);
      const observations = await observe(city, asking('S1.T1', 'day'), null);
      assert.equal(observations.length, 1);
      assert.match(observations[0]?.reason?.zh ?? '', /模型 other 中没有指标 wait/);
    });
  });
}
