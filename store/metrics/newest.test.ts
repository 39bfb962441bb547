import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Reading } from '../../collectors/contract.ts';
import { openMetricsText } from '../../test/metric-samples.ts';
import { type PrometheusServer, startPrometheusServer } from '../../test/prometheus-server.ts';
import { scratchFolder } from '../../test/scratch-folder.ts';
import type { EvidenceStore, MetricSource, NewestRequest } from '../contract.ts';
import { openStore } from '../open-store.ts';
import { subject } from '../test-suites/fixtures.ts';
import { selector } from '../test-suites/metric-fixtures.ts';
import { openPrometheusMetrics } from './promql/prometheus-source.ts';

const start = Date.parse('2026-03-01T08:00:00.000Z');
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const load = (labels: Reading['labels'], seconds: number, value: number): Reading => ({
  ...{ metric: 'load_ratio', labels, at: at(seconds), value },
});

const a = { subject: 'hexi', disk: 'a' };
const b = { subject: 'hexi/east', disk: 'b' };
const elsewhere = { subject: 'linjiang', disk: 'a' };
const readings: readonly Reading[] = [
  load(a, 0, 0.41),
  load(a, 60, 0.43),
  load(b, 30, -0.5),
  load(elsewhere, 45, 7.25),
  load({ disk: 'c' }, 50, 3.5),
];

describe('the newest values of a metric', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let store: EvidenceStore;
  let prometheus: PrometheusServer | undefined;
  const sources = new Map<string, MetricSource>();
  before(async function () {
    store = await openStore({ dataFolder: join(folder.path, 'data') });
    await store.readings.put(readings);
    sources.set('embedded', store.metrics);
    prometheus = await startPrometheusServer(this, { openMetrics: openMetricsText(readings) });
    sources.set('Prometheus', openPrometheusMetrics({ url: prometheus.url }));
  });
  after(async () => {
    await store?.close();
    await prometheus?.stop();
  });

  const newest = async (source: string, request: Partial<NewestRequest>) => {
    const answer = await sources.get(source)?.newest({
      ...{ selector: selector('load_ratio'), subjects: null, at: at(60), lookbackSeconds: 300 },
      ...request,
    });
    assert.ok(answer && 'series' in answer, JSON.stringify(answer));
    return answer.series
      .map(({ labels, value }) => `${labels.subject ?? ''} ${labels.disk} ${value}`)
      .toSorted();
  };
  const onBoth = async (request: Partial<NewestRequest>, expected: readonly string[]) => {
    for (const source of ['embedded', 'Prometheus'])
      assert.deepEqual(await newest(source, request), expected, source);
  };

  it('are one for each series, of any subject or of those named', async () => {
    await onBoth({}, [' c 3.5', 'hexi a 0.43', 'hexi/east b -0.5', 'linjiang a 7.25']);
    await onBoth({ subjects: ['hexi', 'hexi/east'] }, ['hexi a 0.43', 'hexi/east b -0.5']);
    const named = selector('load_ratio', { label: 'subject', operator: '=~', value: 'lin.*' });
    await onBoth({ selector: named, subjects: ['hexi'] }, ['linjiang a 7.25']);
    await onBoth({ subjects: ['nowhere'] }, []);
  });

  it('count up to the instant, and from exactly the lookback on', async () => {
    await onBoth({ at: at(59.999), lookbackSeconds: 15 }, [' c 3.5', 'linjiang a 7.25']);
    await onBoth({ at: at(360) }, ['hexi a 0.43']);
    await onBoth({ at: at(360.001) }, []);
  });

  it('are not known when the server does not answer, with the reason', async () => {
    const settings = { url: 'http://127.0.0.1:9', retryMilliseconds: [] };
    const answer = await openPrometheusMetrics(settings).newest({
      ...{ selector: selector('load_ratio'), subjects: null, at: at(0), lookbackSeconds: 300 },
    });
    assert.match(
      'fault' in answer ? answer.fault.en : '',
      /^The PromQL server http:\/\/127.0.0.1:9 does not/,
    );
  });

  it('come from the last sample of a bucket once readings are rolled up', async () => {
    const policy = { rawDays: 1, fiveMinuteDays: 90, hourDays: 800 };
    const now = at(3 * 86_400);
    while (!(await store.readings.compact(now, policy)).isDone);
    assert.equal((await store.readings.describe()).rawSamples, 0);
    const request = { at: now, lookbackSeconds: 4 * 86_400, subjects: ['hexi'] };
    assert.deepEqual(await newest('embedded', request), ['hexi a 0.43']);
  });

  it('are read from the store for subjects of the sample beside a server', async () => {
    await store.subjects.put([subject('linjiang', null, { isSample: true })]);
    await store.close();
    store = await openStore({ dataFolder: join(folder.path, 'data') }, { prometheusUrl: prometheus?.url });
    sources.set('both', store.metrics);
    const only = selector('load_ratio', { label: 'disk', operator: '=', value: 'a' });
    const request = { selector: only, at: at(60), lookbackSeconds: 86_400 };
    assert.deepEqual(await newest('both', { ...request, subjects: ['linjiang'] }), ['linjiang a 7.25']);
  });
});
