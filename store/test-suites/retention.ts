import assert from 'node:assert/strict';
import type { MetricMeasure, Reading } from '../../scoring/contract.ts';
import type { MetricFigure, MetricRequest, RetentionPolicy } from '../contract.ts';
import type { SuiteStore } from './fixtures.ts';
import { metricMeasure, selector } from './metric-fixtures.ts';

const minute = 60_000;
const start = Date.parse('2015-02-01T00:00:00Z');
const longAfter = '2015-02-20T00:00:00Z';
let metricNumber = 0;

type Valued = Extract<MetricFigure, { state: 'measured' | 'estimated' }>;

const exact: readonly ((metric: string) => MetricMeasure)[] = [
  ...(['mean', 'min', 'max', 'last', 'sum', 'count'] as const).map(
    (reduce) => (metric: string) => metricMeasure(metric, { kind: 'overTime', reduce, across: 'sum' }),
  ),
  (metric) => metricMeasure(metric, { kind: 'increase', across: 'sum' }),
  (metric) => metricMeasure(metric, { kind: 'staleness', across: 'max' }),
  (metric) => metricMeasure(metric, { kind: 'upTime' }),
  (metric) =>
    metricMeasure(selector(metric, { label: 'kind', operator: '=', value: 'a' }), {
      kind: 'ratio',
      total: selector(metric),
      by: 'increase',
    }),
];

/** Four hours of samples a minute, with a reset and a gap of 20 minutes; values of 0..1. */
function readingsOf(metric: string): Reading[] {
  return ['a', 'b'].flatMap((kind, offset) =>
    Array.from({ length: 240 }, (_, index): Reading[] => {
      if (index >= 70 && index < 90) return [];
      const value = ((index + offset * 31) % 100) / 128;
      const at = new Date(start + index * minute + offset * 7000).toISOString();
      return [{ metric, labels: { subject: 'retained', kind }, at, value }];
    }).flat(),
  );
}

export function describeRetention(suite: SuiteStore): void {
  const request = (from: number, to: number): MetricRequest => ({
    subjects: ['retained'],
    from: new Date(start + from * minute).toISOString(),
    to: new Date(start + to * minute).toISOString(),
  });

  async function compactAll(now: string, policy: RetentionPolicy): Promise<number> {
    let removed = 0;
    for (;;) {
      const step = await suite.store.readings.compact(now, policy);
      removed += step.removed;
      if (step.isDone) return removed;
    }
  }

  async function filled(): Promise<string> {
    metricNumber += 1;
    const metric = `retained_${metricNumber}_ratio`;
    await suite.store.readings.put(readingsOf(metric));
    return metric;
  }

  const figures = async (metric: string, asked: MetricRequest) =>
    (await suite.store.metrics.measure(
      asked,
      exact.map((make) => make(metric)),
    )) as readonly Valued[];

  describe('readings that are rolled up', () => {
    const policies: readonly [string, RetentionPolicy][] = [
      ['five minutes', { rawDays: 1, fiveMinuteDays: 90, hourDays: 800 }],
      ['hours, by way of five minutes', { rawDays: 1, fiveMinuteDays: 2, hourDays: 800 }],
      ['hours at once', { rawDays: 1, fiveMinuteDays: 0, hourDays: 800 }],
    ];
    for (const [name, policy] of policies) {
      it(`give the same figures in buckets of ${name}, over whole hours`, async () => {
        const metric = await filled();
        const asked = request(60, 180);
        const before = await figures(metric, asked);
        assert.equal(before.length, exact.length);
        assert.ok((await compactAll(longAfter, policy)) >= 440);
        const after = await figures(metric, asked);
        for (const [index, figure] of after.entries()) {
          const known = before[index];
          assert.ok(known && Number.isFinite(known.value));
          assert.ok(
            Math.abs(figure.value - known.value) <= 1e-12 * Math.abs(known.value),
            `${index}: ${figure.value}, ${known.value}`,
          );
          assert.deepEqual([figure.state, figure.samples], [known.state, known.samples]);
        }
        assert.deepEqual(await suite.store.readings.list(metric, asked.from, asked.to), []);
      });
    }

    it('are counted once when they are delivered again, and join what comes late', async () => {
      const metric = await filled();
      const all = readingsOf(metric);
      const policy = { rawDays: 1, fiveMinuteDays: 0, hourDays: 800 };
      const [before] = await figures(metric, request(0, 240));
      await compactAll(longAfter, policy);
      await suite.store.readings.put(all);
      assert.equal((await figures(metric, request(0, 240)))[0]?.value, before?.value);
      const late = {
        metric,
        labels: { subject: 'retained', kind: 'a' },
        at: new Date(start + 240 * minute).toISOString(),
        value: 0.5,
      };
      await suite.store.readings.put([late]);
      const grown = await figures(metric, request(0, 300));
      await compactAll(longAfter, policy);
      const joined = await figures(metric, request(0, 300));
      assert.deepEqual(
        joined.map(({ value }) => value),
        grown.map(({ value }) => value),
      );
    });

    it('estimate percentiles and shares, and a span whose border cuts a bucket', async () => {
      const metric = await filled();
      await compactAll(longAfter, { rawDays: 1, fiveMinuteDays: 0, hourDays: 800 });
      const measures = [
        metricMeasure(metric, { kind: 'overTime', reduce: 'p90', across: 'mean' }),
        metricMeasure(metric, { kind: 'share', above: 0.4, below: null }),
        metricMeasure(metric, { kind: 'share', above: 0, below: null }),
        metricMeasure(metric, { kind: 'overTime', reduce: 'sum', across: 'sum' }),
      ];
      const whole = await suite.store.metrics.measure(request(0, 240), measures);
      assert.deepEqual(
        whole.map(({ state }) => state),
        ['estimated', 'estimated', 'measured', 'measured'],
      );
      const cut = await suite.store.metrics.measure(request(15, 240), measures);
      assert.equal(cut[3]?.state, 'estimated');
    });

    it('are counted, with the first and the last instant of all', async () => {
      const metric = await filled();
      const far = { metric, labels: { subject: 'retained' }, value: 0.5 };
      const ends = ['1999-01-02T03:04:05.678Z', '2044-05-06T07:08:09.000Z'];
      const before = await suite.store.readings.describe();
      await suite.store.readings.put(ends.map((at) => ({ ...far, at })));
      const { series, rawSamples, oldest, newest } = await suite.store.readings.describe();
      assert.deepEqual(
        [series - before.series, rawSamples - before.rawSamples, oldest, newest],
        [1, 2, ...ends],
      );
      await compactAll('2044-06-01T00:00:00Z', { rawDays: 1, fiveMinuteDays: 0, hourDays: 800 });
      const rolled = await suite.store.readings.describe();
      assert.deepEqual([rolled.rawSamples, rolled.buckets, rolled.newest], [0, 1, ends[1]]);
    });

    it('go on from five minutes to hours when the hours before are months old', async () => {
      const policy = { rawDays: 1, fiveMinuteDays: 2, hourDays: 800 };
      const now = '2015-07-01T00:00:00Z';
      await compactAll(now, policy);
      const before = await suite.store.readings.describe();
      const aged = { metric: 'retained_for_months_ratio', labels: { subject: 'retained' }, value: 0.5 };
      const days = Array.from(
        { length: 100 },
        (_, day) => Date.parse('2015-03-01T00:00:00Z') + day * 1440 * minute,
      );
      const samples = days.flatMap((day) => [0, 10].map((at) => new Date(day + at * minute).toISOString()));
      await suite.store.readings.put(samples.map((at) => ({ ...aged, at })));
      await compactAll(now, policy);
      const { rawSamples, buckets } = await suite.store.readings.describe();
      assert.deepEqual([rawSamples - before.rawSamples, buckets - before.buckets], [0, 100]);
    });

    it('go when the coarsest buckets are older than the policy keeps', async () => {
      const metric = await filled();
      const policy = { rawDays: 1, fiveMinuteDays: 0, hourDays: 3 };
      await compactAll(longAfter, policy);
      const [figure] = await suite.store.metrics.measure(request(0, 240), [
        metricMeasure(metric, { kind: 'overTime', reduce: 'sum', across: 'sum' }),
      ]);
      assert.equal(figure?.state, 'absent');
    });

    it('are shown on a chart by their means, with gaps left open', async () => {
      const metric = await filled();
      const measure = metricMeasure(metric, { kind: 'overTime', reduce: 'mean', across: 'mean' });
      const chart = await suite.store.metrics.chart({ ...request(0, 100), measure, points: 10 });
      assert.deepEqual([chart.stepSeconds, chart.series.length, chart.omitted], [600, 2, 0]);
      const [first] = chart.series;
      assert.deepEqual(
        first?.points.map(({ value }) => value === null),
        [false, false, false, false, false, false, false, true, true, false],
      );
      assert.equal(first?.points[0]?.value, (0 + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9) / 10 / 128);
    });
  });

  describe('old runs', () => {
    it('go when they succeeded two days ago, but for the last success of each job', async () => {
      const { runs } = suite.store;
      const outcomeAt = (startedAt: string, state: 'succeeded' | 'failed') => ({
        job: 'aged-job',
        collector: 'probe-http',
        subject: 'retained',
        startedAt,
        durationSeconds: 0.5,
        attempts: 1,
        state,
        samples: 3,
        series: 3,
        records: 0,
        dropped: {},
        gaps: [],
        targets: [],
        error: state === 'failed' ? { zh: '超时。', en: 'timeout.' } : null,
        remedy: null,
      });
      await runs.save(outcomeAt('2015-02-01T00:00:00.000Z', 'succeeded'));
      await runs.save(outcomeAt('2015-02-01T00:01:00.000Z', 'succeeded'));
      await runs.save(outcomeAt('2015-02-01T00:02:00.000Z', 'failed'));
      await compactAll(longAfter, { rawDays: 15, fiveMinuteDays: 90, hourDays: 800 });
      assert.deepEqual(
        (await runs.list('aged-job', 9)).map(({ startedAt }) => startedAt),
        ['2015-02-01T00:02:00.000Z', '2015-02-01T00:01:00.000Z'],
      );
    });
  });
}
