import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { decodeRequest } from '../../collectors/wire/otlp.ts';
import type { Span } from '../../collectors/wire/otlp-messages.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { ordersCsv, program, run } from './run.ts';

interface Seen {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | null>>;
  /** 2 = error. */
  readonly status: number;
}

function seenOf({ name, attributes, status }: Span): Seen {
  const pairs = attributes.map(({ key, value }) => [key, value?.stringValue ?? null]);
  return { name, attributes: Object.fromEntries(pairs), status: status?.code ?? 0 };
}

describe('traces and logs of the program itself', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const spans: Seen[] = [];
  const services = new Set<string | null | undefined>();
  let endpoint = '';
  const children: ChildProcess[] = [];

  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const whole = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole;
      for (const { resource, scopeSpans } of decodeRequest('traces', 'protobuf', body).resourceSpans) {
        services.add(resource?.attributes.find(({ key }) => key === 'service.name')?.value?.stringValue);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(seenOf)));
      }
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });

  /** The program in a process of its own, with an environment of its own. */
  function launch(more: Record<string, string>, ...argv: string[]) {
    const env = { PATH: process.env.PATH, OTEL_BSP_SCHEDULE_DELAY: '100', ...more };
    const child = spawn(process.execPath, [program, ...argv], {
      cwd: folder.path,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let stderr = '';
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
      child.once('close', (code) => resolve({ code, stderr }));
    });
    const says = (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => pattern.test(stderr) && resolve();
        child.stderr.on('data', look);
        child.once('close', () => reject(new Error(`ended without saying ${pattern}:\n${stderr}`)));
        look();
      });
    return { child, ended, says };
  }

  before(async () => {
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    folder.write('orders.csv', ordersCsv(20));
    await run(folder.path, 'subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    await run(folder.path, 'import', 'work-orders', 'orders.csv', '--subject', 'lin');
  });
  after(() => {
    for (const child of children) child.kill('SIGKILL');
    receiver.close();
    receiver.closeAllConnections();
  });

  const order = ['evaluate', '--model', 'event-loop-2022', '--subject', 'lin', '--period', '2026-01'];

  it('show a receiver what an evaluation observed and scored, before the command ends', async () => {
    const { code, stderr } = await launch({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, ...order).ended;
    assert.equal(code, 0, stderr);
    assert.deepEqual([...services], ['citygauge']);
    assert.deepEqual(spans.map(({ name }) => name).toSorted(), ['evaluate', 'observe']);
    const [observe, evaluate] = ['observe', 'evaluate'].map((name) =>
      spans.find((span) => span.name === name),
    );
    assert.equal(observe?.attributes['citygauge.metrics'], 'embedded');
    const { 'citygauge.grade': grade, 'citygauge.evaluation': sha256, ...rest } = evaluate?.attributes ?? {};
    assert.deepEqual([typeof grade, typeof sha256], ['string', 'string']);
    assert.deepEqual(
      [rest['citygauge.model'], rest['citygauge.subject'], rest['citygauge.period']],
      ['event-loop-2022', 'lin', '2026-01'],
    );
  });

  it('mark a span as failed with the reason', async () => {
    spans.length = 0;
    const { code } = await launch(
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/v1/traces` },
      ...order,
      '--as-of',
      '2020-01-01',
    ).ended;
    assert.equal(code, 2);
    assert.deepEqual(
      spans.map(({ name, status }) => [name, status]),
      [['evaluate', 2]],
    );
  });

  it('are no reason for a command to fail when nobody receives them', async () => {
    const { code } = await launch({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }, ...order).ended;
    assert.equal(code, 0);
  });

  it('come from a server as JSON lines that name the trace of a run', async () => {
    spans.length = 0;
    folder.write(
      'telemetry.yaml',
      `schema: citygauge/telemetry@1
jobs:
  - { id: nodes, collector: exposition, subject: lin, every: 1s, timeout: 1s, settings: { targets: ['http://127.0.0.1:9/metrics'] } }
`,
    );
    const server = launch(
      { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, LOG_FORMAT: 'json' },
      ...['start', '--port', '0', '--no-sample', '--telemetry', 'telemetry.yaml'],
    );
    await server.says(/"msg":"run"/);
    server.child.kill('SIGTERM');
    const { code, stderr } = await server.ended;
    assert.equal(code, 0, stderr);
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const ran = lines.find(({ msg }) => msg === 'run');
    assert.deepEqual(
      [ran.job, ran.collector, ran.level, ran.service],
      ['nodes', 'exposition', 'warn', 'citygauge'],
    );
    assert.match(ran.trace_id, /^[0-9a-f]{32}$/);
    assert.match(ran.span_id, /^[0-9a-f]{16}$/);
    assert.match(lines.find(({ level }) => level === 'info').msg, /127\.0\.0\.1:\d+/);
    const collect = spans.find(({ name }) => name === 'collect');
    assert.equal(collect?.attributes['citygauge.job'], 'nodes');
  });

  it('refuse a format of the log that does not exist', async () => {
    const { exitCode, stderr } = await run(folder.path, 'start', '--log-format', 'xml');
    assert.equal(exitCode, 2);
    assert.match(stderr, /--log-format "xml" is unknown: write one of text, json/);
  });
});
