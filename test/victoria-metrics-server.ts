import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { freePort } from './free-port.ts';
import { requireProgram } from './real-parts.ts';
import { startRealServer } from './real-server.ts';

/** A single-node VictoriaMetrics of the tests' own. */
export interface VictoriaMetricsServer {
  readonly url: string;
  log(): string;
  /** Makes what was written visible to queries at once. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Skips the test, or fails it in CI, where VictoriaMetrics is not installed. */
export async function startVictoriaMetricsServer(
  context: Context,
  args: readonly string[] = [],
): Promise<VictoriaMetricsServer> {
  const program = requireProgram(context, 'victoria-metrics');
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-victoria-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = [
    `-storageDataPath=${folder}`,
    `-httpListenAddr=127.0.0.1:${port}`,
    '-retentionPeriod=100y',
    '-search.latencyOffset=0s',
    '-memory.allowedBytes=256MB',
  ];
  const server = await startRealServer({ program, args: [...own, ...args], url, readyPath: '/health' });
  return {
    url,
    log: () => server.log(),
    async flush() {
      await fetch(`${url}/internal/force_flush`);
    },
    async stop() {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
