import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Collected, Reading } from '../collectors/contract.ts';
import { createRemoteWrite } from '../collectors/output.ts';
import { httpClient } from '../collectors/ports/http/http-client.ts';
import { systemClock } from '../collectors/ports/system-clock.ts';
import { freePort } from '../test/free-port.ts';
import { type RealServer, startRealServer } from '../test/real-server.ts';
import { print, ratio, whole } from './figures.ts';
import { inFolder } from './workspace-folder.ts';

const targets = 10;
const seriesPerTarget = 2000;
const seconds = 8;

const labelsOf = (target: number, series: number) => ({
  job: 'bench',
  subject: 'lin',
  instance: `10.0.0.${target}:9100`,
  device: `disk-${series}`,
  mode: ['read', 'write', 'idle'][series % 3] ?? 'idle',
});

/** The value that a series has on every page. */
const figureOf = (target: number, series: number) =>
  Math.round(Math.sin(target * seriesPerTarget + series) * 1e6) / 1e3;

function readingsOf(target: number, at: string): Reading[] {
  return Array.from({ length: seriesPerTarget }, (_, series) => ({
    metric: 'bench_disk_seconds_total',
    labels: labelsOf(target, series),
    at,
    value: figureOf(target, series),
  }));
}

function pageOf(target: number): string {
  const lines = Array.from({ length: seriesPerTarget }, (_, series) => {
    const { device, mode } = labelsOf(target, series);
    return `bench_disk_seconds_total{device="${device}",mode="${mode}"} ${figureOf(target, series)}`;
  });
  return `# TYPE bench_disk_seconds_total counter\n${lines.join('\n')}\n`;
}

function collected(readings: readonly Reading[], startedAt: string): Collected {
  const counts = {
    durationSeconds: 0.1,
    attempts: 1,
    samples: readings.length,
    series: readings.length,
    records: 0,
  };
  const nothing = { dropped: {}, gaps: [], targets: [], error: null, remedy: null };
  const outcome = {
    job: 'bench',
    collector: 'exposition',
    subject: 'lin',
    startedAt,
    state: 'succeeded' as const,
  };
  return { outcome: { ...outcome, ...counts, ...nothing }, readings, records: [], types: {} };
}

async function startVictoriaMetrics(folder: string): Promise<RealServer> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [
    `-storageDataPath=${folder}`,
    `-httpListenAddr=${new URL(url).host}`,
    '-memory.allowedBytes=256MB',
  ];
  return startRealServer({ program: 'victoria-metrics', args, url, readyPath: '/health' });
}

interface Figures {
  readonly samples: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function push(folder: string, url: string): Promise<Figures> {
  let bytes = 0;
  const write = await createRemoteWrite({
    name: 'bench',
    folder: join(folder, 'queue'),
    maxQueueBytes: 256_000_000,
    destination: { url: `${url}/api/v1/write`, authorization: async () => null, tls: null },
    http: {
      exchange: (request) => {
        bytes += request.body?.length ?? 0;
        return httpClient.exchange(request);
      },
    },
    clock: systemClock,
    chance: Math.random,
    userAgent: 'citygauge/bench',
  });
  const cpu = process.cpuUsage();
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    const at = new Date().toISOString();
    for (let target = 0; target < targets; target += 1) {
      await write.sink.accept(collected(readingsOf(target, at), at));
    }
    // As fast as it is sent, so that nothing but sending is measured.
    while (write.state().queueSamples > 4 * targets * seriesPerTarget) await wait(5);
  }
  await write.drain(AbortSignal.timeout(60_000));
  const { sentSamples, lastFault } = write.state();
  const elapsed = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await write.close();
  if (lastFault) throw new Error(lastFault.en);
  return { samples: sentSamples, bytes, seconds: elapsed, cpuSeconds: (user + system) / 1e6 };
}

async function metricOf(url: string, name: string): Promise<number> {
  const page = await (await fetch(`${url}/metrics`)).text();
  const lines = page.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function scrapeByAgent(folder: string, url: string): Promise<Figures> {
  const pages = Array.from({ length: targets }, (_, target) => Buffer.from(pageOf(target)));
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(pages[Number(request.url?.slice(2))]);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const config = join(folder, 'scrape.json');
  const statics = pages.map((_, target) => ({
    targets: [`127.0.0.1:${port}`],
    labels: { subject: 'lin', instance: `10.0.0.${target}:9100`, __metrics_path__: `/p${target}` },
  }));
  const job = { job_name: 'bench', scrape_interval: '100ms', scrape_timeout: '5s', static_configs: statics };
  writeFileSync(config, JSON.stringify({ scrape_configs: [job] }));
  const own = `http://127.0.0.1:${await freePort()}`;
  const agent = await startRealServer({
    program: 'vmagent',
    args: [
      `-promscrape.config=${config}`,
      `-remoteWrite.url=${url}/api/v1/write`,
      `-remoteWrite.tmpDataPath=${join(folder, 'agent')}`,
      `-httpListenAddr=${new URL(own).host}`,
    ],
    url: own,
    readyPath: '/health',
  });
  const look = async () => ({
    samples: await metricOf(url, 'vm_rows_inserted_total'),
    bytes: await metricOf(own, 'vmagent_remotewrite_bytes_sent_total'),
    cpuSeconds: await metricOf(own, 'process_cpu_seconds_total'),
    seconds: performance.now() / 1000,
  });
  try {
    await wait(2000);
    const before = await look();
    await wait(seconds * 1000);
    const after = await look();
    return {
      samples: after.samples - before.samples,
      bytes: after.bytes - before.bytes,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      seconds: after.seconds - before.seconds,
    };
  } finally {
    await agent.end('SIGKILL');
    server.close();
    server.closeAllConnections();
  }
}

function show(who: string, figures: Figures): void {
  const { samples, bytes, seconds: elapsed, cpuSeconds } = figures;
  print('remote', `${who}: samples per second taken by VictoriaMetrics`, whole(samples / elapsed));
  print('remote', `${who}: bytes per sample on the wire`, (bytes / samples).toFixed(2));
  print('remote', `${who}: microseconds of CPU per sample`, ((cpuSeconds * 1e6) / samples).toFixed(2));
}

await inFolder(async (folder) => {
  const server = await startVictoriaMetrics(join(folder, 'victoria'));
  try {
    const ours = await push(folder, server.url);
    show('citygauge remote write', ours);
    const agent = await scrapeByAgent(folder, server.url);
    show('vmagent (scrapes the pages every 100 ms)', agent);
    const each = ({ samples, seconds: elapsed }: Figures) => samples / elapsed;
    print('remote', 'citygauge against vmagent, samples per second', ratio(each(ours) / each(agent)));
    print(
      'remote',
      'citygauge against vmagent, bytes per sample',
      ratio(ours.bytes / ours.samples / (agent.bytes / agent.samples)),
    );
  } finally {
    await server.end('SIGKILL');
  }
});
