import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MetricMeasure, MetricReduction } from '../../scoring/contract.ts';
import { importText, openMetricsText } from '../../test/metric-samples.ts';
import { type PrometheusServer, startPrometheusServer } from '../../test/prometheus-server.ts';
import {
  startVictoriaMetricsServer,
  type VictoriaMetricsServer,
} from '../../test/victoria-metrics-server.ts';
import type { EvidenceStore, MetricFigure, MetricRequest, MetricSource } from '../contract.ts';
import { openStore } from '../open-store.ts';
import { metricMeasure, selector } from '../test-suites/metric-fixtures.ts';
import { openPrometheusMetrics } from './promql/prometheus-source.ts';
import { agreementReadings, agreementSpan } from './test-samples.ts';

const request: MetricRequest = { subjects: ['hexi', 'hexi/east'], ...agreementSpan };

const overTime = ['mean', 'min', 'max', 'last', 'sum', 'count', 'p50', 'p90', 'p95', 'p99'] as const;
const across = ['mean', 'sum', 'min', 'max', 'count', 'p50', 'p90', 'p95', 'p99'] as const;
const http = { label: 'kind', operator: '=~', value: 'http|tcp' } as const;

/** Name -> measure; those of gauges must agree exactly. */
const gauges: Record<string, MetricMeasure> = {
  ...Object.fromEntries(
    overTime.flatMap((reduce) =>
      across.map((each) => [
        `${reduce} across ${each}`,
        metricMeasure('temperature', { kind: 'overTime', reduce, across: each }),
      ]),
    ),
  ),
  'mean of changing pods': metricMeasure('pod_memory', { kind: 'overTime', reduce: 'mean', across: 'mean' }),
  'sum with both borders': metricMeasure('border', { kind: 'overTime', reduce: 'sum', across: 'sum' }),
  'share of a band': metricMeasure('temperature', { kind: 'share', above: 5, below: 21.5 }),
  'share above': metricMeasure('temperature', { kind: 'share', above: 20, below: null }),
  'share below': metricMeasure('pod_memory', { kind: 'share', above: null, below: 550 }),
  'share of a flag': metricMeasure('probe_success', { kind: 'share', above: 1, below: null }),
  upTime: metricMeasure('probe_success', { kind: 'upTime' }),
  'upTime of some': metricMeasure(selector('probe_success', http), { kind: 'upTime' }),
  'staleness mean': metricMeasure('pod_memory', { kind: 'staleness', across: 'mean' }),
  'staleness max': metricMeasure('probe_success', { kind: 'staleness', across: 'max' }),
  distinct: metricMeasure('probe_success', { kind: 'distinct', label: 'kind' }),
  'distinct, often absent': metricMeasure('temperature', { kind: 'distinct', label: 'place' }),
  'ratio by mean': metricMeasure('bytes_free', { kind: 'ratio', total: selector('bytes_size'), by: 'mean' }),
  'ratio by last': metricMeasure('bytes_free', { kind: 'ratio', total: selector('bytes_size'), by: 'last' }),
  'ratio by sum': metricMeasure(selector('probe_success', http), {
    kind: 'ratio',
    total: selector('probe_success'),
    by: 'sum',
  }),
  'in 5 minutes': metricMeasure(
    'temperature',
    { kind: 'overTime', reduce: 'mean', across: 'mean' },
    { everySeconds: 300 },
  ),
  'in 7 minutes': metricMeasure('probe_success', { kind: 'upTime' }, { everySeconds: 420 }),
};

const failing = selector('requests_total', { label: 'code', operator: '=', value: '500' });
const growing: MetricReduction = { kind: 'increase', across: 'sum' };

/** Those of counters agree within what Prometheus extrapolates. */
const counters: Record<string, MetricMeasure> = {
  'increase sum': metricMeasure('requests_total', growing),
  'increase mean': metricMeasure('requests_total', { kind: 'increase', across: 'mean' }),
  'increase of few': metricMeasure('failures_total', growing),
  'rate sum': metricMeasure('requests_total', { kind: 'rate', across: 'sum' }),
  'ratio by increase': metricMeasure(failing, {
    kind: 'ratio',
    total: selector('requests_total'),
    by: 'increase',
  }),
  'histogram p50': metricMeasure('latency_seconds', { kind: 'histogramQuantile', at: 0.5 }),
  'histogram p95': metricMeasure('latency_seconds_bucket', { kind: 'histogramQuantile', at: 0.95 }),
};

/** Least samples of a counter in the span, of those above: the pod that lives for four tenths of it. */
const leastSamples = 900;

type Valued = Extract<MetricFigure, { state: 'measured' | 'estimated' }>;

function difference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

describe('one measure, three engines, the same samples', function () {
  this.timeout(60_000);
  let folder: string;
  let store: EvidenceStore;
  let prometheus: PrometheusServer | undefined;
  let victoria: VictoriaMetricsServer | undefined;
  const sources = new Map<string, MetricSource>();
  const figures = new Map<string, Map<string, Valued>>();

  before(async function () {
    folder = mkdtempSync(join(tmpdir(), 'citygauge-agreement-'));
    prometheus = await startPrometheusServer(this, { openMetrics: openMetricsText(agreementReadings) });
    victoria = await startVictoriaMetricsServer(this);
    await fetch(`${victoria.url}/api/v1/import/prometheus`, {
      method: 'POST',
      body: importText(agreementReadings),
    });
    await victoria.flush();
    store = await openStore({ dataFolder: folder });
    await store.readings.put(agreementReadings);
    sources.set('embedded', store.metrics);
    sources.set('Prometheus', openPrometheusMetrics({ url: prometheus.url }));
    sources.set('VictoriaMetrics', openPrometheusMetrics({ url: victoria.url }));
    const all = { ...gauges, ...counters };
    for (const [name, source] of sources) {
      const found = await source.measure(request, Object.values(all));
      const valued = Object.keys(all).map((key, index): [string, Valued] => {
        const figure = found[index];
        assert.ok(figure?.state === 'measured', `${name}, ${key}: ${JSON.stringify(figure)}`);
        return [key, figure];
      });
      figures.set(name, new Map(valued));
    }
  });

  after(async () => {
    await store?.close();
    await prometheus?.stop();
    await victoria?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const figure = (engine: string, name: string) => figures.get(engine)?.get(name) as Valued;
  const servers = ['Prometheus', 'VictoriaMetrics'] as const;

  it('agrees on every figure of gauges to a relative 1e-12, and on the samples it is made of', () => {
    for (const server of servers) {
      for (const name of Object.keys(gauges)) {
        const [own, theirs] = [figure('embedded', name), figure(server, name)];
        assert.deepEqual(theirs.samples, own.samples, `${server}, ${name}`);
        const apart = difference(own.value, theirs.value);
        assert.ok(apart <= 1e-12, `${server}, ${name}: ${own.value} and ${theirs.value}, ${apart} apart`);
      }
    }
  });

  it('agrees on figures of counters within the extrapolation that decision 0015 states', () => {
    const bound = 2.2 / (leastSamples - 1);
    for (const server of servers) {
      for (const name of Object.keys(counters)) {
        const [own, theirs] = [figure('embedded', name), figure(server, name)];
        assert.deepEqual(theirs.samples, own.samples, `${server}, ${name}`);
        const apart = difference(own.value, theirs.value);
        assert.ok(apart <= bound * 2, `${server}, ${name}: ${own.value} and ${theirs.value}, ${apart} apart`);
      }
    }
  });

  after(() => {
    const families = Map.groupBy(
      Object.keys({ ...gauges, ...counters }),
      (name) => name.split(' ')[0] ?? name,
    );
    console.log('      largest relative difference from the embedded readings');
    for (const [family, names] of families) {
      const worst = servers.map((server) =>
        names.reduce(
          (most, name) =>
            Math.max(most, difference(figure('embedded', name)?.value, figure(server, name)?.value)),
          0,
        ),
      );
      const columns = servers.map(
        (server, index) => `${server} ${(worst[index] ?? 0).toExponential(1).padStart(8)}`,
      );
      console.log(
        `      ${family.padEnd(12)} ${String(names.length).padStart(3)} figures   ${columns.join('   ')}`,
      );
    }
  });
});
