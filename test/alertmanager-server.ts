import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { freePort } from './free-port.ts';
import { requireProgram } from './real-parts.ts';
import { startRealServer } from './real-server.ts';

/** An Alertmanager of the tests' own, which tells one webhook of everything at once, resolved alerts too. */
export interface AlertmanagerServer {
  readonly url: string;
  log(): string;
  stop(): Promise<void>;
}

function configOf(webhook: string): string {
  return `route:
  receiver: watch
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: watch
    webhook_configs:
      - url: ${webhook}
        send_resolved: true
`;
}

/** Skips the test, or fails it in CI, where Alertmanager is not installed. */
export async function startAlertmanagerServer(
  context: Context,
  webhook: string,
): Promise<AlertmanagerServer> {
  const program = requireProgram(context, 'prometheus-alertmanager');
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-alertmanager-'));
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, configOf(webhook));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [
    `--config.file=${config}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    // A single one: no gossip port.
    '--cluster.listen-address=',
  ];
  const server = await startRealServer({ program, args, url, readyPath: '/-/ready' });
  return {
    url,
    log: () => server.log(),
    async stop() {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
