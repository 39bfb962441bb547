import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { requireProgram } from '../real-parts.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { run, runIn, start } from './run.ts';

interface Vector {
  readonly data: { readonly result: { metric: Record<string, string>; value: [number, string] }[] };
}

async function instant(url: string, query: string): Promise<Vector['data']['result']> {
  const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
  return ((await answer.json()) as Vector).data.result;
}

/** Asks until something comes; the test's time limit ends what never does. */
async function eventually<T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const answer = await ask().catch(() => []);
    if (answer.length > 0) return answer;
    await wait(100);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('start --with-prometheus', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const data = join(folder.path, 'data');
  const pidNow = () => Number(readFileSync(join(data, 'prometheus', 'prometheus.pid'), 'utf8'));
  const exporter = createServer((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
      .end('disk_used_ratio{disk="a"} 0.375\n');
  });

  before(async () => {
    const added = await run(
      folder.path,
      'subject',
      'add',
      'lin',
      '--name',
      '临江市',
      '--time-zone',
      'Asia/Shanghai',
    );
    assert.equal(added.exitCode, 0, added.stderr);
    await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
    const { port } = exporter.address() as AddressInfo;
    mkdirSync(join(data, 'slos'), { recursive: true });
    folder.write(
      'data/telemetry.yaml',
      `schema: citygauge/telemetry@1
jobs:
  - { id: nodes, collector: exposition, subject: lin, every: 1s, timeout: 1s, labels: { layer: cloud }, settings: { targets: ['http://127.0.0.1:${port}/metrics'] } }
`,
    );
    folder.write(
      'data/slos/disks.yaml',
      `schema: citygauge/slo@1
service: disks
slos:
  - name: room
    objective: 99.5
    period: 30d
    sli: { samples: { metric: disk_used_ratio, below: 0.9, every: 1m } }
    alerting: { name: DisksFull, runbook: docs/runbooks/disks.md }
`,
    );
  });
  after(() => {
    exporter.close();
    exporter.closeAllConnections();
  });

  it('has Prometheus see the exporters and our page, brings it back when it dies, and leaves nothing behind', async function () {
    requireProgram(this, 'prometheus');
    const server = start(
      folder.path,
      '--lang',
      'en',
      'start',
      '--port',
      '0',
      '--no-sample',
      '--with-prometheus',
    );
    try {
      const [, url = ''] = await server.says(/Prometheus runs beside CityGauge at (\S+)/);
      await server.says(/CityGauge is at (\S+)/);
      const [disk] = await eventually(() => instant(url, 'disk_used_ratio'));
      const { instance, ...labels } = disk?.metric ?? {};
      assert.deepEqual(labels, {
        __name__: 'disk_used_ratio',
        disk: 'a',
        job: 'nodes',
        layer: 'cloud',
        subject: 'lin',
      });
      assert.match(instance ?? '', /^127\.0\.0\.1:\d+$/);
      const [up] = await eventually(() => instant(url, 'citygauge_collector_up{job="nodes"} == 1'));
      assert.equal(up?.metric.subject, 'lin');
      assert.equal((await instant(url, 'count by (job) (disk_used_ratio)')).length, 1);
      const rules = await fetch(`${url}/api/v1/rules?type=alert`);
      const { data: loaded } = (await rules.json()) as { data: { groups: { rules: { name: string }[] }[] } };
      const names = loaded.groups.flatMap((group) => group.rules.map(({ name }) => name));
      assert.ok(names.includes('DisksFull') && names.includes('CityGaugeDown'), names.join(', '));
      const first = pidNow();
      process.kill(first, 'SIGKILL');
      await server.says(/prometheus ended \(SIGKILL\) and is started again, time 1 of 5/);
      await eventually(() => instant(url, 'disk_used_ratio'));
      const second = pidNow();
      assert.notEqual(second, first);
      server.child.kill('SIGTERM');
      const { exitCode } = await server.ended;
      assert.deepEqual([exitCode, isAlive(second)], [0, false]);
      assert.equal(existsSync(join(data, 'prometheus', 'prometheus.pid')), false);
    } finally {
      server.child.kill('SIGKILL');
    }
  });

  it('says what to install when there is no prometheus on PATH', async () => {
    const environment = { PATH: folder.path };
    const { exitCode, stderr } = await runIn(
      folder.path,
      { environment },
      'start',
      '--port',
      '0',
      '--with-prometheus',
    );
    assert.equal(exitCode, 2);
    assert.match(stderr, /there is no program "prometheus" on PATH: install it/);
  });

  it('does not start a second server beside the one that PROMETHEUS_URL names', async () => {
    const environment = { PATH: process.env.PATH, PROMETHEUS_URL: 'http://127.0.0.1:1' };
    const { exitCode, stderr } = await runIn(
      folder.path,
      { environment },
      'start',
      '--port',
      '0',
      '--with-prometheus',
    );
    assert.equal(exitCode, 2);
    assert.match(stderr, /name two servers/);
  });
});
