import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MetricMeasure, MetricReduction } from '../../scoring/contract.ts';
import { importText, openMetricsText } from '../../test/metric-samples.ts';
import { type PostgresServer, startPostgresServer } from '../../test/postgres-server.ts';
import { type PrometheusServer, startPrometheusServer } from '../../test/prometheus-server.ts';
import {
  startVictoriaMetricsServer,
  type VictoriaMetricsServer,
} from '../../test/victoria-metrics-server.ts';
import type { EvidenceStore, MetricFigure, MetricRequest, MetricSource } from '../contract.ts';
import { openStore } from '../open-store.ts';
import { during, subject } from '../test-suites/fixtures.ts';
import { metricLeaf, metricMeasure, selector } from '../test-suites/metric-fixtures.ts';
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

/** Too few samples for an observation: two on the borders, and pods that come and go, each expected for the whole span. */
const scantMeasures = Object.values(gauges).filter(({ of }) =>
  ['pod_memory', 'border'].includes(of?.metric ?? ''),
).length;

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

type Valued = Extract<MetricFigure, { state: 'measured' | 'estimated' }>;

function familyOf(reduction: MetricReduction | undefined): string {
  if (reduction?.kind === 'overTime') return reduction.reduce;
  return reduction?.kind === 'ratio' ? `ratio by ${reduction.by}` : (reduction?.kind ?? '');
}

const spanSeconds = (Date.parse(request.to) - Date.parse(request.from)) / 1000;

/**
 * How far the growth of counters may differ, from the samples themselves: the first steps across the border of the span,
 * and what extending each end by 1.1 average intervals adds; both as numbers, and as shares of the growth.
 */
function slackOf(metric: string, code?: string) {
  const own = agreementReadings.filter(
    (each) => each.metric === metric && (code === undefined || each.labels.code === code),
  );
  const series = [...Map.groupBy(own, ({ labels }) => JSON.stringify(labels)).values()].map((readings) => {
    const inside = readings.filter(({ at }) => at >= request.from && at < request.to);
    const prior = readings.filter(({ at }) => at < request.from).at(-1);
    const step = (before: number, after: number) => (after >= before ? after - before : after);
    const growth = inside.reduce(
      (sum, { value }, index) => sum + (index === 0 ? 0 : step(inside[index - 1]?.value ?? 0, value)),
      0,
    );
    const first = prior === undefined ? 0 : step(prior.value, inside[0]?.value ?? 0);
    const extended = (2.2 * growth) / (inside.length - 1);
    return {
      first,
      extended,
      share: Math.max(first, extended) / Math.max(1, growth + first),
      growth: growth + first,
    };
  });
  const sum = (read: (each: (typeof series)[number]) => number) =>
    series.reduce((total, each) => total + read(each), 0);
  const [first, extended, growth] = [
    sum((each) => each.first),
    sum((each) => each.extended),
    sum((each) => each.growth),
  ];
  const mostShare = Math.max(...series.map(({ share }) => share));
  return { first, extended, share: Math.max(first, extended) / growth, mostShare };
}

function difference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

function printDifferences(figure: (engine: string, name: string) => Valued): void {
  const servers = ['Prometheus', 'VictoriaMetrics'];
  const all = { ...gauges, ...counters };
  const families = Map.groupBy(Object.keys(all), (name) => familyOf(all[name]?.reduction));
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
      `      ${family.padEnd(18)} ${String(names.length).padStart(3)} figures   ${columns.join('   ')}`,
    );
  }
}

describe('one measure, three engines, the same samples', function () {
  this.timeout(60_000);
  let folder: string;
  let store: EvidenceStore;
  let prometheus: PrometheusServer | undefined;
  let victoria: VictoriaMetricsServer | undefined;
  let postgres: PostgresServer | undefined;
  let onPostgres: EvidenceStore | undefined;
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
    postgres = await startPostgresServer(this);
    onPostgres = await openStore({ databaseUrl: await postgres.createDatabase('agreement') });
    await onPostgres.readings.put(agreementReadings);
    sources.set('embedded', store.metrics);
    sources.set('PostgreSQL', onPostgres.metrics);
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
    if (figures.size === sources.size && sources.size > 0) printDifferences(figure);
    await store?.close();
    await onPostgres?.close();
    await postgres?.stop();
    await prometheus?.stop();
    await victoria?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const figure = (engine: string, name: string) => figures.get(engine)?.get(name) as Valued;
  const servers = ['Prometheus', 'VictoriaMetrics'] as const;

  it('gives the very same figures on PostgreSQL as embedded, but for the order of sums', () => {
    for (const name of Object.keys({ ...gauges, ...counters })) {
      const [own, theirs] = [figure('embedded', name), figure('PostgreSQL', name)];
      assert.ok(difference(own.value, theirs.value) <= 1e-12, name);
      assert.deepEqual({ ...theirs, value: own.value, numerator: own.numerator }, own);
    }
  });

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

  it('gives the same observations, but for their query, when a store is opened with the server', async () => {
    const location = { databaseUrl: postgres?.urlOf('agreement') ?? '' };
    await onPostgres?.subjects.put([subject('hexi', null), subject('hexi/east', 'hexi')]);
    const asked = {
      ...during('hexi', '2026-W06', { cutoff: agreementSpan.to }),
      leaves: Object.entries(gauges).map(([name, measure]) => metricLeaf(name, measure)),
    };
    const own = (await onPostgres?.evidence.observe(asked)) ?? [];
    assert.equal(own.filter(({ state }) => state === 'measured').length, asked.leaves.length - scantMeasures);
    for (const server of [prometheus, victoria]) {
      const opened = await openStore(location, { prometheusUrl: server?.url });
      const theirs = await opened.evidence.observe(asked);
      await opened.close();
      theirs.forEach((each, index) => {
        const known = own[index];
        assert.deepEqual(
          { ...each, value: known?.value, numerator: known?.numerator, source: known?.source },
          known,
        );
        assert.ok(difference(each.value ?? 0, known?.value ?? 0) <= 1e-12, each.indicator);
        assert.notEqual(each.source?.query, known?.source?.query);
      });
    }
  });

  it('agrees on the growth of counters within the extrapolation that decision 0015 states', () => {
    const all = slackOf('requests_total');
    const bounds: Readonly<Record<string, readonly [number, number]>> = {
      'increase sum': [-all.first, all.extended],
      'increase mean': [-all.first / 3, all.extended / 3],
      'increase of few': [-slackOf('failures_total').first, slackOf('failures_total').extended],
      'rate sum': [-all.first / spanSeconds, all.extended / spanSeconds],
    };
    for (const [name, [least, most]] of Object.entries(bounds)) {
      const own = figure('embedded', name).value;
      const prometheusApart = figure('Prometheus', name).value - own;
      assert.ok(
        prometheusApart >= least - 1e-9 && prometheusApart <= most,
        `${name}: ${least} <= ${prometheusApart} <= ${most}`,
      );
      const victoriaApart = figure('VictoriaMetrics', name).value - own;
      assert.ok(Math.abs(victoriaApart - least) <= 1e-9 * own, `${name}: ${victoriaApart}, stated ${least}`);
    }
    assert.ok(all.first > 0);
  });

  it('agrees on ratios of counters within the differences of both sides together', () => {
    const [part, whole] = [slackOf('requests_total', '500'), slackOf('requests_total')];
    const bound = (1 + part.share) / (1 - whole.share) - 1;
    for (const server of servers) {
      const [own, theirs] = [figure('embedded', 'ratio by increase'), figure(server, 'ratio by increase')];
      const apart = difference(own.value, theirs.value);
      assert.ok(apart <= bound, `${server}: ${apart} <= ${bound}`);
    }
  });

  it('agrees on quantiles of histograms within the quantiles that the buckets leave open', async () => {
    const e = slackOf('latency_seconds_bucket').mostShare;
    for (const [name, at] of [
      ['histogram p50', 0.5],
      ['histogram p95', 0.95],
    ] as const) {
      const ends = [(at * (1 - e)) / (1 + e), Math.min(1, (at * (1 + e)) / (1 - e))];
      const [low, high] = (await store.metrics.measure(
        request,
        ends.map((end) => metricMeasure('latency_seconds', { kind: 'histogramQuantile', at: end })),
      )) as [Valued, Valued];
      for (const server of servers) {
        const { value } = figure(server, name);
        assert.ok(
          value >= low.value && value <= high.value,
          `${server}, ${name}: ${low.value} <= ${value} <= ${high.value}`,
        );
      }
    }
  });

  it('computes quantiles of histograms as Prometheus does', async () => {
    const window = Date.parse(request.to) - Date.parse(request.from) - 1;
    const text = `histogram_quantile(0.95, sum by (le) (increase(latency_seconds_bucket[${window}ms])))`;
    const written = { ...metricMeasure('x', { kind: 'promql', query: text }), of: null, everySeconds: null };
    const [theirs] = (await sources.get('Prometheus')?.measure(request, [written])) ?? [];
    assert.ok(theirs?.state === 'measured');
    assert.ok(difference(theirs.value, figure('Prometheus', 'histogram p95').value) <= 1e-12);
  });
});
