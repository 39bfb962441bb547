import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { requireProgram } from '../../test/real-parts.ts';
import type { Collected, CollectorOutcome, MetricSpec, Reading } from '../contract.ts';
import { createMetricsRegistry } from './metrics-registry.ts';

const openMetrics = 'application/openmetrics-text; version=1.0.0';

const latency: MetricSpec = {
  name: 'app_latency_seconds',
  type: 'histogram',
  unit: 'seconds',
  help: { zh: '时延', en: 'Latency' },
  labels: {},
};
const requests: MetricSpec = {
  name: 'app_requests_total',
  type: 'counter',
  unit: '',
  help: { zh: '请求', en: 'Requests' },
  labels: {},
};
const load: MetricSpec = {
  name: 'app_load_ratio',
  type: 'gauge',
  unit: 'ratio',
  help: { zh: '负载', en: 'Load\nof the\\app' },
  labels: {},
};

function reading(metric: string, value: number, labels: Record<string, string> = {}, second = 0): Reading {
  const at = new Date(Date.UTC(2026, 0, 5, 0, 0, second)).toISOString();
  return { metric, labels: { job: 'a', subject: 'lin', ...labels }, at, value };
}

function run(readings: readonly Reading[], more: Partial<CollectorOutcome> = {}): Collected {
  return {
    outcome: {
      job: 'a',
      collector: 'exposition',
      subject: 'lin',
      startedAt: '2026-01-05T00:00:00.000Z',
      durationSeconds: 0.25,
      attempts: 1,
      state: 'succeeded',
      samples: readings.length,
      series: readings.length,
      records: 0,
      dropped: {},
      gaps: [],
      targets: [],
      error: null,
      remedy: null,
      ...more,
    },
    readings,
    records: [],
    types: {},
  };
}

const registryOf = (...catalogue: MetricSpec[]) =>
  createMetricsRegistry({ catalogue, isWithoutProcess: true });

async function linesOf(registry: ReturnType<typeof registryOf>, name: string, accept?: string) {
  const { body } = await registry.page(accept);
  return body.split('\n').filter((line) => line.includes(name));
}

describe('the metrics page', () => {
  it('writes a gauge with its help, its type and all of its labels, without a timestamp', async () => {
    const registry = registryOf(load);
    await registry.sink.accept(run([reading('app_load_ratio', 0.625, { host: 'say "hi"\n\\' })]));
    assert.deepEqual(await linesOf(registry, 'app_load_ratio'), [
      '# HELP app_load_ratio Load\\nof the\\\\app (负载)',
      '# TYPE app_load_ratio gauge',
      'app_load_ratio{job="a",subject="lin",host="say \\"hi\\"\\n\\\\"} 0.625',
    ]);
  });

  it('shows the newest sample of a series of which a run brought several', async () => {
    const registry = registryOf(load);
    await registry.sink.accept(
      run([
        reading('app_load_ratio', 3, {}, 20),
        reading('app_load_ratio', 5, {}, 40),
        reading('app_load_ratio', 4, {}, 30),
      ]),
    );
    assert.deepEqual(
      (await linesOf(registry, 'app_load_ratio{')).map((line) => line.split(' ')[1]),
      ['5'],
    );
  });

  it('lets series vanish that the next run did not bring, of this job alone', async () => {
    const registry = registryOf(load);
    await registry.sink.accept(
      run([reading('app_load_ratio', 2, { host: 'x' }), reading('app_load_ratio', 3, { host: 'y' })]),
    );
    await registry.sink.accept(run([reading('app_load_ratio', 7, { job: 'b' })], { job: 'b' }));
    await registry.sink.accept(run([reading('app_load_ratio', 4, { host: 'y' })]));
    assert.deepEqual(await linesOf(registry, 'app_load_ratio{'), [
      'app_load_ratio{job="a",subject="lin",host="y"} 4',
      'app_load_ratio{job="b",subject="lin"} 7',
    ]);
  });

  it('shows of a job that failed what its last run says of it, and none of the values before', async () => {
    const up: MetricSpec = { ...load, name: 'citygauge_collector_up', unit: '' };
    const registry = registryOf(load, up);
    await registry.sink.accept(run([reading('app_load_ratio', 2), reading('citygauge_collector_up', 1)]));
    await registry.sink.accept(
      run([reading('citygauge_collector_up', 0)], { state: 'failed', error: { zh: '坏', en: 'broken' } }),
    );
    assert.deepEqual(await linesOf(registry, '{'), ['citygauge_collector_up{job="a",subject="lin"} 0']);
  });

  it('orders the buckets of a histogram by bound, each series in one piece', async () => {
    const registry = registryOf(latency);
    const part = (suffix: string, value: number, labels: Record<string, string>) =>
      reading(`app_latency_seconds_${suffix}`, value, labels);
    await registry.sink.accept(
      run([
        part('count', 6, { route: '/' }),
        part('bucket', 6, { route: '/', le: '+Inf' }),
        part('bucket', 5, { route: '/', le: '10' }),
        part('bucket', 2, { route: '/', le: '2.5' }),
        part('sum', 31.5, { route: '/' }),
        part('bucket', 1, { route: '/a', le: '+Inf' }),
        part('count', 1, { route: '/a' }),
        part('sum', 11, { route: '/a' }),
      ]),
    );
    const shown = (await linesOf(registry, 'app_latency_seconds')).slice(1);
    assert.equal(shown[0], '# TYPE app_latency_seconds histogram');
    assert.deepEqual(
      shown
        .slice(1)
        .map(
          (line) =>
            `${/_(\w+)\{/.exec(line)?.[1]} ${/le="([^"]+)"/.exec(line)?.[1] ?? ''} ${line.split(' ')[1]}`,
        ),
      [
        'latency_seconds_bucket 2.5 2',
        'latency_seconds_bucket 10 5',
        'latency_seconds_bucket +Inf 6',
        'latency_seconds_sum  31.5',
        'latency_seconds_count  6',
        'latency_seconds_bucket +Inf 1',
        'latency_seconds_sum  11',
        'latency_seconds_count  1',
      ],
    );
  });

  it('writes counters in OpenMetrics as the format wants them, and those with another name as unknown', async () => {
    const registry = registryOf(requests);
    await registry.sink.accept({
      ...run([reading('app_requests_total', 12), reading('odd_count', 3)]),
      types: { odd_count: { type: 'counter', help: 'Odd.' } },
    });
    const { contentType, body } = await registry.page(`${openMetrics},text/plain;q=0.5`);
    assert.match(contentType, /^application\/openmetrics-text/);
    assert.match(body, /^# TYPE app_requests counter$/m);
    assert.match(body, /^app_requests_total\{job="a",subject="lin"\} 12$/m);
    assert.match(body, /^# TYPE odd_count unknown$/m);
    assert.match(body, /^odd_count\{job="a",subject="lin"\} 3$/m);
    assert.match(body, /# EOF\n$/);
    const text = await registry.page('text/plain');
    assert.match(text.contentType, /^text\/plain; version=0\.0\.4/);
    assert.match(text.body, /^# TYPE app_requests_total counter$/m);
  });

  it('says untyped where two jobs contradict each other about a metric', async () => {
    const registry = registryOf();
    const says = (job: string, type: 'gauge' | 'counter'): Collected => ({
      ...run([reading('shared', 4, { job })], { job }),
      types: { shared: { type, help: 'Shared.' } },
    });
    await registry.sink.accept(says('a', 'gauge'));
    await registry.sink.accept(says('b', 'counter'));
    assert.equal((await linesOf(registry, '# TYPE shared'))[0], '# TYPE shared untyped');
  });

  it('shows the process of a target beside its own, which bear the same names', async () => {
    for (const accept of [undefined, openMetrics]) {
      const registry = createMetricsRegistry({ catalogue: [] });
      const theirs = reading('process_cpu_seconds_total', 83.5, { instance: 'node-1' });
      await registry.sink.accept(run([theirs]));
      const { body } = await registry.page(accept);
      const lines = body.split('\n').filter((line) => /^process_cpu_seconds_total[ {]/.test(line));
      assert.equal(lines.length, 2);
      assert.ok(lines.includes('process_cpu_seconds_total{job="a",subject="lin",instance="node-1"} 83.5'));
      assert.equal(body.match(/^# TYPE process_cpu_seconds/gm)?.length, 1);
    }
  });

  it('shows this process, and passes promtool', async function () {
    const promtool = requireProgram(this, 'promtool');
    const registry = createMetricsRegistry({
      catalogue: [latency, requests, load],
      own: () => [
        { metric: 'citygauge_remote_write_sent_samples_total', labels: { target: 't' }, value: 41 },
      ],
    });
    await registry.sink.accept({
      ...run([
        reading('app_requests_total', 12),
        reading('app_load_ratio', 0.25),
        reading('app_latency_seconds_bucket', 3, { le: '+Inf' }),
        reading('app_latency_seconds_sum', 2.5),
        reading('app_latency_seconds_count', 3),
        reading('foreign_thing', 6),
      ]),
    });
    const { body } = await registry.page(undefined);
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_seconds',
    ]) {
      assert.match(body, new RegExp(`^${name} [0-9.e-]+$`, 'm'));
    }
    assert.match(body, /^citygauge_remote_write_sent_samples_total\{target="t"\} 41$/m);
    assert.equal(execFileSync(promtool, ['check', 'metrics'], { input: body, encoding: 'utf8' }), '');
  });
});
