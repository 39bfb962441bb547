import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { freePort } from './free-port.ts';
import { requireProgram } from './real-parts.ts';
import { type RealServer, startRealServer } from './real-server.ts';

/** A Prometheus of the tests' own: remote-write receiver on, no retention limit that matters, data in a temporary folder. */
export interface PrometheusServer {
  readonly url: string;
  readonly folder: string;
  log(): string;
  /** Kills it (SIGKILL) and leaves its folder; `start` brings it back on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** YAML of the configuration; scrapes nothing by default. */
  readonly config?: string;
  /** Further arguments, for example `--query.max-samples=1000`. */
  readonly args?: readonly string[];
  /** OpenMetrics text with timestamps, loaded as blocks before the start; several where one would be long to load. */
  readonly openMetrics?: string | readonly string[];
}

/** Skips the test, or fails it in CI, where Prometheus is not installed. */
export async function startPrometheusServer(
  context: Context,
  { config = 'global: {}\n', args = [], openMetrics }: PrometheusOptions = {},
): Promise<PrometheusServer> {
  const program = requireProgram(context, 'prometheus');
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-prometheus-'));
  const [configFile, data] = [join(folder, 'prometheus.yml'), join(folder, 'data')];
  writeFileSync(configFile, config);
  if (openMetrics !== undefined)
    loadBlocks(requireProgram(context, 'promtool'), folder, [openMetrics].flat());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const all = [
    `--config.file=${configFile}`,
    `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-remote-write-receiver',
    '--web.enable-lifecycle',
    ...args,
  ];
  const start = () => startRealServer({ program, args: all, url, readyPath: '/-/ready' });
  let server: RealServer = await start();
  return {
    url,
    folder,
    log: () => server.log(),
    kill: () => server.end('SIGKILL'),
    async start() {
      server = await start();
    },
    async stop() {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** promtool reads the whole text again for every two hours of it. */
function loadBlocks(promtool: string, folder: string, texts: readonly string[]): void {
  const [file, data] = [join(folder, 'samples.txt'), join(folder, 'data')];
  mkdirSync(data);
  for (const text of texts) {
    writeFileSync(file, text);
    execFileSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '-q', file, data], {
      stdio: 'pipe',
    });
  }
}
