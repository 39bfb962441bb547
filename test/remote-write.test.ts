import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Collected, Reading } from '../collectors/contract.ts';
import { createRemoteWrite, type RemoteWrite } from '../collectors/output.ts';
import { httpClient } from '../collectors/ports/http/http-client.ts';
import { systemClock } from '../collectors/ports/system-clock.ts';
import { startPrometheusServer } from './prometheus-server.ts';
import { scratchFolder } from './scratch-folder.ts';
import { startVictoriaMetricsServer } from './victoria-metrics-server.ts';

const hosts = ['alpha', 'beta', 'gamma'];
const samplesPerHost = 40;

/** Fifteen seconds apart, ending now; values that say where they belong. */
function readings(now: number): Reading[] {
  return hosts.flatMap((host, index) =>
    Array.from({ length: samplesPerHost }, (_, step) => ({
      metric: 'pushed_load_ratio',
      labels: { job: 'nodes', subject: 'lin', host, note: 'with "quotes" 与汉字', empty: '' },
      at: new Date(now - (samplesPerHost - 1 - step) * 15_000).toISOString(),
      value: index + step / 64,
    })),
  );
}

function collected(all: readonly Reading[]): Collected {
  const outcome = {
    job: 'nodes',
    collector: 'exposition',
    subject: 'lin',
    startedAt: new Date().toISOString(),
    durationSeconds: 0.25,
    attempts: 1,
    state: 'succeeded',
    samples: all.length,
    series: hosts.length,
    records: 0,
    dropped: {},
    gaps: [],
    targets: [],
    error: null,
    remedy: null,
  } as const;
  return { outcome, readings: all, records: [], types: {} };
}

interface Matrix {
  readonly data: { readonly result: { metric: Record<string, string>; values: [number, string][] }[] };
}

async function seriesOn(url: string): Promise<Record<string, number[]>> {
  const query = new URLSearchParams({ query: 'pushed_load_ratio{note=~".*汉字"}[1h]' });
  const { data } = (await (await fetch(`${url}/api/v1/query?${query}`)).json()) as Matrix;
  const of = (each: Matrix['data']['result'][number]) => each.values.map(([, value]) => Number(value));
  for (const { metric } of data.result) assert.equal(metric.empty, undefined);
  return Object.fromEntries(data.result.map((each) => [each.metric.host ?? '', of(each)]));
}

const expected = Object.fromEntries(
  hosts.map((host, index) => [host, Array.from({ length: samplesPerHost }, (_, step) => index + step / 64)]),
);

describe('remote write into real servers', function () {
  this.timeout(30_000);
  const scratch = scratchFolder();
  const open = (name: string, url: string): Promise<RemoteWrite> =>
    createRemoteWrite({
      name,
      folder: join(scratch.path, name),
      maxQueueBytes: 10_000_000,
      destination: { url: `${url}/api/v1/write`, authorization: async () => null, tls: null },
      http: httpClient,
      clock: systemClock,
      chance: Math.random,
      userAgent: 'citygauge/test',
    });

  it('has VictoriaMetrics keep every sample as it was', async function () {
    const server = await startVictoriaMetricsServer(this);
    const write = await open('victoria', server.url);
    try {
      await write.sink.accept(collected(readings(Date.now() - 1000)));
      assert.equal(await write.drain(AbortSignal.timeout(10_000)), true, write.state().lastFault?.en ?? '');
      await server.flush();
      assert.deepEqual(await seriesOn(server.url), expected);
    } finally {
      await write.close();
      await server.stop();
    }
  });

  it('has Prometheus keep every sample, also those of the time in which it was down', async function () {
    const server = await startPrometheusServer(this);
    let write = await open('prometheus', server.url);
    try {
      const all = readings(Date.now() - 1000).toSorted((a, b) => (a.at < b.at ? -1 : 1));
      await write.sink.accept(collected(all.slice(0, 60)));
      assert.equal(await write.drain(AbortSignal.timeout(10_000)), true, write.state().lastFault?.en ?? '');
      await server.kill();
      await write.sink.accept(collected(all.slice(60)));
      assert.equal(await write.drain(AbortSignal.timeout(10_000)), false);
      await write.close();
      await server.start();
      write = await open('prometheus', server.url);
      assert.equal(write.state().queueSamples, 60);
      assert.equal(await write.drain(AbortSignal.timeout(10_000)), true, write.state().lastFault?.en ?? '');
      assert.deepEqual(await seriesOn(server.url), expected);
    } finally {
      await write.close();
      await server.stop();
    }
  });

  it('counts what Prometheus refuses, and does not send it again', async function () {
    const server = await startPrometheusServer(this);
    const write = await open('refused', server.url);
    try {
      const now = Date.now();
      await write.sink.accept(collected(readings(now)));
      assert.equal(await write.drain(AbortSignal.timeout(10_000)), true);
      const late = readings(now).map((each) => ({ ...each, at: '2001-02-03T04:05:06.000Z' }));
      await write.sink.accept(collected(late.slice(0, 7)));
      assert.equal(await write.drain(AbortSignal.timeout(10_000)), true);
      const { failedSamples, queueSamples, lastFault } = write.state();
      assert.deepEqual([failedSamples, queueSamples], [7, 0]);
      assert.match(lastFault?.en ?? '', /^HTTP 400 out of (?:order|bounds)/);
    } finally {
      await write.close();
      await server.stop();
    }
  });
});
