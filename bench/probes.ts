import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { probeHttp } from '../collectors/application/probe-http.ts';
import { createPorts } from '../collectors/ports.ts';
import { freePort } from '../test/free-port.ts';
import { startRealServer } from '../test/real-server.ts';
import { print, ratio, whole } from './figures.ts';

const [targetCount, everySeconds, rounds] = [2000, 15, 3];
/** Of /proc/PID/stat on Linux. */
const ticksPerSecond = 100;

interface Figures {
  readonly cpuSeconds: number;
  readonly megabytes: number;
  /** Probes that should have been and were not. */
  readonly missed: number;
  readonly succeeded: number;
}

async function startTargets(): Promise<{ urls: string[]; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'probe-target-process.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text) => resolve(Number(text))),
  );
  const urls = Array.from({ length: targetCount }, (_, index) => `http://127.0.0.1:${port}/target/${index}`);
  return { urls, child };
}

/** Rounds on a fixed beat, as the scheduler keeps it: a round that is not over at the next beat makes it missed. */
async function probeOurselves(urls: readonly string[]): Promise<Figures & { longestRound: number }> {
  const ports = createPorts({ settingsFolder: tmpdir(), environment: process.env });
  const settings = probeHttp.settings.parse({ targets: urls });
  const collect = () =>
    probeHttp.collect({
      ...{ job: 'bench', subject: 'bench', settings, state: undefined, ports },
      startedAt: new Date().toISOString(),
      signal: new AbortController().signal,
      timeoutSeconds: everySeconds,
    });
  await collect();
  let [missed, succeeded, longestRound] = [0, 0, 0];
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const roundBegan = performance.now();
    const { targets = [] } = await collect();
    longestRound = Math.max(longestRound, (performance.now() - roundBegan) / 1000);
    succeeded += targets.filter(({ isUp }) => isUp).length;
    const wait = began + (round + 1) * everySeconds * 1000 - performance.now();
    if (wait < 0) missed += targetCount;
    await sleep(Math.max(0, wait));
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    missed,
    succeeded,
    longestRound,
  };
}

function cpuOf(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(afterName[11]) + Number(afterName[12])) / ticksPerSecond;
}

function peakMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function prometheusConfig(folder: string, urls: readonly string[], blackbox: string): string {
  const targets = join(folder, 'targets.json');
  writeFileSync(targets, JSON.stringify([{ targets: urls }]));
  return JSON.stringify({
    global: { scrape_interval: `${everySeconds}s`, scrape_timeout: '10s' },
    scrape_configs: [
      {
        job_name: 'probes',
        metrics_path: '/probe',
        params: { module: ['http_2xx'] },
        file_sd_configs: [{ files: [targets] }],
        relabel_configs: [
          { source_labels: ['__address__'], target_label: '__param_target' },
          { source_labels: ['__param_target'], target_label: 'instance' },
          { target_label: '__address__', replacement: blackbox },
        ],
      },
    ],
  });
}

async function probeByBlackbox(urls: readonly string[]): Promise<{ blackbox: Figures; prometheus: Figures }> {
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-bench-'));
  const [blackboxPort, port] = [await freePort(), await freePort()];
  const modules = join(folder, 'blackbox.yml');
  writeFileSync(
    modules,
    'modules: { http_2xx: { prober: http, timeout: 5s, http: { preferred_ip_protocol: ip4 } } }\n',
  );
  const address = `127.0.0.1:${blackboxPort}`;
  const blackbox = await startRealServer({
    program: 'prometheus-blackbox-exporter',
    args: [`--config.file=${modules}`, `--web.listen-address=${address}`, '--log.level=error'],
    url: `http://${address}`,
    readyPath: '/-/healthy',
  });
  const config = join(folder, 'prometheus.yml');
  writeFileSync(config, prometheusConfig(folder, urls, address));
  const url = `http://127.0.0.1:${port}`;
  const prometheus = await startRealServer({
    program: 'prometheus',
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    url,
    readyPath: '/-/ready',
  });
  try {
    // The first scrapes are spread over one interval, after the targets were read.
    await sleep((everySeconds + 5) * 1000);
    const before = [blackbox, prometheus].map(({ pid }) => cpuOf(pid));
    await sleep(everySeconds * rounds * 1000);
    const cpu = [blackbox, prometheus].map(({ pid }, index) => cpuOf(pid) - (before[index] ?? 0));
    // A second more, for scrapes that come a moment late: what it may count twice is cut off.
    const window = `${everySeconds * rounds + 1}s`;
    const ask = async (query: string) => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      return Number(data.result[0]?.value[1] ?? 0);
    };
    const scraped = await ask(`sum(clamp_max(count_over_time(up[${window}]), ${rounds}))`);
    const succeeded = await ask(`sum(clamp_max(sum_over_time(probe_success[${window}]), ${rounds}))`);
    const missed = targetCount * rounds - scraped;
    const figures = (index: number, { pid }: { pid: number }): Figures => ({
      cpuSeconds: cpu[index] ?? 0,
      megabytes: peakMegabytes(pid),
      missed,
      succeeded,
    });
    return { blackbox: figures(0, blackbox), prometheus: figures(1, prometheus) };
  } finally {
    await prometheus.end();
    await blackbox.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const { urls, child } = await startTargets();
try {
  const what = `${whole(targetCount)} HTTP probes every ${everySeconds} s, ${rounds} rounds`;
  const ours = await probeOurselves(urls);
  const theirs = await probeByBlackbox(urls);
  const both = theirs.blackbox.cpuSeconds + theirs.prometheus.cpuSeconds;
  const bothMegabytes = theirs.blackbox.megabytes + theirs.prometheus.megabytes;
  const shown = (text: string, figure: string) => print('probes', text, figure);
  shown(`${what}: probe-http, missed / succeeded`, `${ours.missed} / ${whole(ours.succeeded)}`);
  shown('  longest round', `${ours.longestRound.toFixed(2)} s`);
  shown('  CPU seconds', ours.cpuSeconds.toFixed(2));
  shown('  peak memory', `${whole(ours.megabytes)} MB`);
  shown(
    'the same by blackbox_exporter and Prometheus, missed / succeeded',
    `${theirs.blackbox.missed} / ${whole(theirs.blackbox.succeeded)}`,
  );
  shown('  CPU seconds of blackbox_exporter', theirs.blackbox.cpuSeconds.toFixed(2));
  shown('  CPU seconds of Prometheus (which also stores)', theirs.prometheus.cpuSeconds.toFixed(2));
  shown('  peak memory of both', `${whole(bothMegabytes)} MB`);
  shown('CPU of probe-http to blackbox_exporter alone', ratio(ours.cpuSeconds / theirs.blackbox.cpuSeconds));
  shown('CPU of probe-http to both', ratio(ours.cpuSeconds / both));
  shown('memory of probe-http to both', ratio(ours.megabytes / bothMegabytes));
} finally {
  child.stdin?.end();
}
