import assert from 'node:assert/strict';
import { type CollectorOutcome, type Observation, sloMetrics } from '../../scoring/contract.ts';
import { during, freshSubject, type SuiteStore, subject } from './fixtures.ts';
import { meanOfMeans, metricLeaf, metricMeasure, samples } from './metric-fixtures.ts';

const hourly = { everySeconds: 3600 };
const start = '2014-12-31T16:00:00.000Z';

export function outcome(
  job: string,
  subjectId: string,
  other: Partial<CollectorOutcome> = {},
): CollectorOutcome {
  return {
    job,
    collector: 'probe-http',
    subject: subjectId,
    startedAt: '2015-01-05T00:00:00.000Z',
    durationSeconds: 0.25,
    attempts: 1,
    state: 'succeeded',
    samples: 7,
    series: 7,
    records: 0,
    dropped: {},
    gaps: [],
    targets: [],
    error: null,
    remedy: null,
    ...other,
  };
}

/** Readings, runs and what they become as observations. */
export function describeTelemetry(suite: SuiteStore): void {
  const week = (value: (hour: number) => number | null) => ({
    ...hourly,
    from: start,
    values: Array.from({ length: 31 * 24 }, (_, hour) => value(hour)),
  });

  async function observe(city: string, measure: ReturnType<typeof metricMeasure>): Promise<Observation> {
    const leaves = [metricLeaf('X.1', measure)];
    const [only, ...others] = await suite.store.evidence.observe({ ...during(city, '2015-01'), leaves });
    assert.equal(others.length, 0);
    return only as Observation;
  }

  describe('figures from readings', () => {
    it('are the mean over series of subject and descendants, with query, samples and cut-off', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      await store.subjects.put([subject(`${city}/unit`, city)]);
      await store.readings.put([
        ...samples(
          'load_ratio',
          { subject: city },
          week(() => 0.25),
        ),
        ...samples(
          'load_ratio',
          { subject: `${city}/unit` },
          week((hour) => (hour % 2 ? 0.5 : 0.75)),
        ),
        ...samples(
          'load_ratio',
          { subject: 'elsewhere' },
          week(() => 9),
        ),
      ]);
      const observation = await observe(city, metricMeasure('load_ratio', meanOfMeans, hourly));
      assert.deepEqual(
        [
          observation.state,
          observation.value,
          observation.provenance,
          observation.coverage,
          observation.reason,
        ],
        ['measured', 0.4375, 'measured', undefined, null],
      );
      const { source } = observation;
      assert.deepEqual(source?.samples, { present: 1488, expected: 1488, series: 2 });
      assert.deepEqual([source?.kind, source?.asOf, source?.files], ['metric', '2015-01-31T16:00:00Z', []]);
      assert.match(
        source?.query ?? '',
        /^select avg\(v\) from \(select avg\(value\) as v from readings where metric = 'load_ratio'/,
      );
    });

    it('carry the share of the period that has samples, and are not reported below the least', async () => {
      const city = await freshSubject(suite.store);
      await suite.store.readings.put(
        samples(
          'queue_length',
          { subject: city },
          week((hour) => (hour < 558 ? 3 : null)),
        ),
      );
      const measure = metricMeasure('queue_length', meanOfMeans, hourly);
      const partial = await observe(city, measure);
      assert.deepEqual([partial.state, partial.value, partial.coverage], ['measured', 3, 0.75]);
      const scant = await observe(city, { ...measure, minimumCoverage: 0.8 });
      assert.deepEqual([scant.state, scant.value, scant.provenance], ['notReported', null, null]);
      assert.match(
        scant.reason?.en ?? '',
        /558 of 744 intervals \(1 series, one every 3600 s\) hold one, 75.0 %, below the 80.0 %/,
      );
      assert.match(scant.reason?.zh ?? '', /应有 744 个采样间隔，实有 558 个，覆盖率 75.0 %/);
    });
  });

  describe('a metric without samples', () => {
    it('failed when the jobs that yield it failed in the period, with their error', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const error = { zh: '连接被拒绝。', en: 'connection refused.' };
      await store.readings.put(
        samples(
          'lost_up',
          { subject: city, job: `${city}-portal` },
          { ...hourly, from: '2014-11-01T00:00:00Z', values: [1] },
        ),
      );
      await store.runs.save(outcome(`${city}-portal`, city, { state: 'failed', error }));
      await store.runs.save(outcome(`${city}-portal`, city, { startedAt: '2015-01-06T00:00:00.000Z' }));
      const observation = await observe(city, metricMeasure('lost_up', meanOfMeans));
      assert.equal(observation.state, 'failed');
      assert.equal(
        observation.reason?.en,
        `lost_up was not collected: the job ${city}-portal failed in 1 of its 2 runs of the period, last with: connection refused.`,
      );
    });

    it('is not reported where nobody collects it', async () => {
      const city = await freshSubject(suite.store);
      const observation = await observe(city, metricMeasure('nobody_yields_this', meanOfMeans));
      assert.equal(observation.state, 'notReported');
      assert.match(
        observation.reason?.en ?? '',
        /no sample of nobody_yields_this in 2015-01\. No collector declares/,
      );
    });

    it('is not reported where samples were no numbers, whether the job is known to yield it or not', async () => {
      const city = await freshSubject(suite.store);
      const run = (startedAt: string, more: Partial<CollectorOutcome>) =>
        suite.store.runs.save(
          outcome(`${city}-nodes`, city, { collector: 'exposition', startedAt, ...more }),
        );
      await run('2015-01-05T00:00:00.000Z', { dropped: { notFinite: 3, future: 8 } });
      await run('2015-01-06T00:00:00.000Z', { dropped: { notFinite: 4 } });
      await run('2015-01-07T00:00:00.000Z', { dropped: { future: 8 } });
      await run('2015-02-01T00:00:00.000Z', { dropped: { notFinite: 100 } });
      const unknown = await observe(city, metricMeasure('never_a_number', meanOfMeans));
      assert.equal(unknown.state, 'notReported');
      assert.equal(
        unknown.reason?.en,
        `There is no sample of never_a_number in 2015-01; 7 samples of the job ${city}-nodes were not finite (NaN or infinite) and were dropped: see whether the source gives never_a_number as a number.`,
      );
      await suite.store.runs.save(
        outcome(`${city}-p`, city, { collector: 'probe-http', dropped: { notFinite: 2 } }),
      );
      const known = await observe(city, metricMeasure('catalogued_seconds', meanOfMeans));
      assert.match(known.reason?.zh ?? '', new RegExp(`；任务 ${city}-p 有 2 个采样不是有限数`));
    });

    it('is not reported where there are no promises to count it from, naming where they belong', async () => {
      const city = await freshSubject(suite.store);
      const { state, reason } = await observe(city, metricMeasure(sloMetrics.attainment, meanOfMeans));
      assert.equal(state, 'notReported');
      assert.match(reason?.en ?? '', /put them into the folder slos of the data folder/);
    });

    it('is not reported where the collectors that declare it have no job, naming them', async () => {
      const city = await freshSubject(suite.store);
      const histogram = metricMeasure('catalogued_seconds_bucket', { kind: 'histogramQuantile', at: 0.5 });
      for (const measure of [metricMeasure('catalogued_seconds', meanOfMeans), histogram]) {
        const { state, reason } = await observe(city, measure);
        assert.equal(state, 'notReported');
        assert.match(reason?.en ?? '', /The collector probe-http or probe-tcp yields it: give it a job/);
        assert.match(reason?.zh ?? '', /由采集器 probe-http、probe-tcp 提供/);
      }
    });

    it('failed only for the metric that a partial run lacked', async () => {
      const city = await freshSubject(suite.store);
      const reason = { zh: '目标拒绝连接。', en: 'the target refused.' };
      const gap = (metric: string) => ({ metric, labels: {}, state: 'failed' as const, reason });
      await suite.store.runs.save(
        outcome(`${city}-p`, city, { state: 'partial', gaps: [gap('another_seconds')] }),
      );
      const idle = await observe(city, metricMeasure('catalogued_seconds', meanOfMeans));
      assert.equal(idle.state, 'notReported');
      assert.match(
        idle.reason?.en ?? '',
        new RegExp(`although the jobs that yield it \\(${city}-p\\) ran well`),
      );
      await suite.store.runs.save(
        outcome(`${city}-p`, city, {
          startedAt: '2015-01-06T00:00:00.000Z',
          state: 'partial',
          gaps: [gap('catalogued_seconds')],
        }),
      );
      const failed = await observe(city, metricMeasure('catalogued_seconds', meanOfMeans));
      assert.equal(failed.state, 'failed');
      assert.match(
        failed.reason?.en ?? '',
        /failed in 2 of its 2 runs of the period, last with: the target refused\.$/,
      );
      await suite.store.runs.save(
        outcome(`${city}-p`, city, {
          startedAt: '2015-01-07T00:00:00.000Z',
          state: 'partial',
          gaps: [gap('another_seconds')],
        }),
      );
      const still = await observe(city, metricMeasure('catalogued_seconds', meanOfMeans));
      assert.match(still.reason?.en ?? '', /failed in 3 of its 3 runs .*: the target refused\.$/);
    });

    it('says that a period had not begun at the cut-off', async () => {
      const city = await freshSubject(suite.store);
      const leaves = [metricLeaf('X.1', metricMeasure('catalogued_seconds', meanOfMeans))];
      const early = during(city, '2015-01', { cutoff: '2014-12-01T00:00:00Z' });
      const [observation] = await suite.store.evidence.observe({ ...early, leaves });
      assert.match(observation?.reason?.en ?? '', /begins after the cut-off/);
    });

    it('needs a PromQL server where the measure is written in PromQL', async () => {
      const city = await freshSubject(suite.store);
      const measure = {
        ...metricMeasure('x', { kind: 'promql', query: 'up' }),
        of: null,
        everySeconds: null,
      };
      const observation = await observe(city, measure);
      assert.equal(observation.state, 'notReported');
      assert.match(observation.reason?.en ?? '', /set PROMETHEUS_URL/);
    });
  });

  describe('telemetry of the sample', () => {
    it('goes with the sample: samples, series, runs and decisions', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      await store.subjects.put([subject('sample', null, { isSample: true })]);
      const one = { ...hourly, from: start, values: [0.5] };
      await store.readings.put(
        ['sample', city].flatMap((id) => samples('sampled_ratio', { subject: id }, one)),
      );
      await store.runs.save(outcome('sample-job', 'sample'));
      const before = await store.readings.describe();
      await store.removeSample();
      const after = await store.readings.describe();
      assert.deepEqual([before.series - after.series, before.rawSamples - after.rawSamples], [1, 1]);
      assert.deepEqual(await store.runs.list('sample-job', 9), []);
      const left = await store.readings.list('sampled_ratio', start, '2015-02-01T00:00:00Z');
      assert.deepEqual(
        left.map(({ labels }) => labels.subject),
        [city],
      );
      await store.subjects.put([subject('sample', null, { isSample: true })]);
      await store.readings.put(samples('sampled_ratio', { subject: 'sample' }, one));
      assert.equal((await store.readings.list('sampled_ratio', start, '2015-02-01T00:00:00Z')).length, 2);
      await store.removeSample();
    });
  });
}
