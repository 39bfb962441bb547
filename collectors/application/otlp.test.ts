import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { CollectorRun, CollectorYield } from '../contract.ts';
import { createPorts } from '../ports.ts';
import type { Intake } from './otlp/intake.ts';
import { otlp } from './otlp.ts';

const ports = createPorts({ settingsFolder: '/', environment: {} });
const resource = resourceFromAttributes({ 'service.name': 'parking', 'service.instance.id': 'i-1' });

interface Receiver {
  readonly url: string;
  readonly intake: Intake;
  collect(): Promise<CollectorYield>;
  stop(): Promise<void>;
}

async function startReceiver(given: object = {}): Promise<Receiver> {
  const settings = otlp.settings.parse({ port: 0, ...given });
  const state = await otlp.start?.(settings, ports);
  assert.ok(state);
  const run = {
    ...{ job: 'apps', subject: 'hexi', settings, state, ports },
    startedAt: '',
    signal: new AbortController().signal,
  };
  return {
    url: state.listener.address,
    intake: state.intake,
    collect: () => otlp.collect(run as CollectorRun<typeof settings, typeof state>),
    stop: async () => otlp.stop?.(state),
  };
}

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** Status, Retry-After and body of the answer. */
function send(receiver: Receiver, { path = '/v1/traces', method = 'POST', headers = {}, body = '{}' }: Sent) {
  return new Promise<readonly [number, string | undefined, Buffer]>((resolve, reject) => {
    const sent = httpRequest(
      `${receiver.url}${path}`,
      { method, agent: false, headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve([answer.statusCode ?? 0, answer.headers['retry-after'], Buffer.concat(chunks)]),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const encodings = [
  { name: 'Protobuf with gzip', Traces: ProtobufTraces, Metrics: ProtobufMetrics, compression: 'gzip' },
  { name: 'JSON', Traces: JsonTraces, Metrics: JsonMetrics, compression: 'none' },
] as const;

for (const { name, Traces, Metrics, compression } of encodings) {
  describe(`an application instrumented with the OpenTelemetry SDK, sending ${name}`, () => {
    let receiver: Receiver;
    before(async () => {
      receiver = await startReceiver();
    });
    after(() => receiver.stop());
    const options = (path: string) => ({ url: `${receiver.url}${path}`, compression: compression as never });

    it('has its spans reduced to requests, errors and durations', async () => {
      const provider = new TracerProvider({
        resource,
        spanProcessors: [new BatchSpanProcessor({ exporter: new Traces(options('/v1/traces')) })],
      });
      const tracer = provider.getTracer('test');
      const now = Date.now();
      for (const [route, kind, status] of [
        ['/spots/:id', SpanKind.SERVER, 200],
        ['/spots/:id', SpanKind.SERVER, 500],
        ['/spots/:id', SpanKind.SERVER, 404],
        ['/spots', SpanKind.SERVER, 200],
        ['/other-service', SpanKind.CLIENT, 200],
      ] as const) {
        const attributes = {
          'http.request.method': 'GET',
          'http.route': route,
          'http.response.status_code': status,
        };
        const span = tracer.startSpan('GET', { kind, attributes, startTime: now - 300 });
        if (status === 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end(now);
      }
      await provider.shutdown();
      const { readings, targets, dropped } = await receiver.collect();
      assert.deepEqual(dropped, {});
      assert.deepEqual(
        targets?.map(({ target, isUp }) => [target, isUp]),
        [['parking', true]],
      );
      const ends = new Map(
        readings.map(({ metric, labels, value }) => [
          `${metric.replace('citygauge_service_', '')} ${labels.route} ${labels.le ?? ''}`,
          value,
        ]),
      );
      const of = (metric: string, route = '/spots/:id', le = '') => ends.get(`${metric} ${route} ${le}`);
      assert.deepEqual([of('requests_total'), of('errors_total'), of('successes_total')], [3, 1, 2]);
      assert.deepEqual([of('requests_total', '/spots'), of('errors_total', '/spots')], [1, 0]);
      const bucket = 'request_duration_seconds_bucket';
      assert.deepEqual(
        [of(bucket, '/spots/:id', '0.25'), of(bucket, '/spots/:id', '0.5'), of(bucket, '/spots/:id', '+Inf')],
        [0, 3, 3],
      );
      assert.ok(Math.abs((of('request_duration_seconds_sum') ?? 0) - 0.9) < 1e-5);
    });

    for (const temporality of ['CUMULATIVE', 'DELTA'] as const) {
      it(`has its ${temporality.toLowerCase()} metrics kept under Prometheus names`, async () => {
        const exporter = new Metrics({
          ...options('/v1/metrics'),
          temporalityPreference: AggregationTemporality[temporality],
        });
        const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
        const provider = new MeterProvider({ resource, readers: [reader] });
        const meter = provider.getMeter('test');
        const label = { run: temporality };
        const entries = meter.createCounter('spots.entries', { unit: '{car}', description: 'Cars in' });
        entries.add(3, label);
        meter.createUpDownCounter('spots.taken').add(-2, label);
        meter
          .createObservableGauge('spots.use', { unit: '1' })
          .addCallback((result) => result.observe(0.625, label));
        const waits = meter.createHistogram('gate.wait', {
          unit: 's',
          advice: { explicitBucketBoundaries: [1, 5] },
        });
        for (const seconds of [0.5, 3, 9]) waits.record(seconds, label);
        await reader.forceFlush();
        entries.add(4, label);
        await provider.shutdown();
        const { readings, types, dropped } = await receiver.collect();
        assert.deepEqual(dropped, {});
        const own = readings.filter(({ labels }) => labels.run === temporality);
        const last = Object.fromEntries(
          own.map(({ metric, labels, value }) => [`${metric}${labels.le ? ` ${labels.le}` : ''}`, value]),
        );
        assert.deepEqual(last, {
          spots_entries_total: 7,
          spots_taken: -2,
          spots_use_ratio: 0.625,
          'gate_wait_seconds_bucket 1': 1,
          'gate_wait_seconds_bucket 5': 2,
          'gate_wait_seconds_bucket +Inf': 3,
          gate_wait_seconds_count: 3,
          gate_wait_seconds_sum: 12.5,
        });
        assert.deepEqual(own[0]?.labels, { service: 'parking', instance: 'i-1', run: temporality });
        const counted = own
          .filter(({ metric }) => metric === 'spots_entries_total')
          .map(({ value }) => value);
        assert.deepEqual(counted, [0, 3, 7]);
        assert.deepEqual(types?.spots_entries_total, { type: 'counter', help: 'Cars in' });
      });
    }
  });
}

describe('the OTLP receiver', () => {
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver({ maxMegabytes: 0.05, maxWaitingSamples: 1000 });
  });
  after(() => receiver.stop());

  const statusOf = async (sent: Sent) => (await send(receiver, sent))[0];
  const gzip = { 'content-encoding': 'gzip' };
  const protobuf = { 'content-type': 'application/x-protobuf' };

  it('answers an empty request with success', async () => {
    assert.deepEqual(await send(receiver, {}), [200, undefined, Buffer.from('{}')]);
    assert.deepEqual(await send(receiver, { headers: protobuf, body: '' }), [
      200,
      undefined,
      Buffer.alloc(0),
    ]);
    assert.equal(await statusOf({ headers: { 'content-type': 'application/json; charset=utf-8' } }), 200);
  });

  it('refuses garbage with a status in the encoding of the request', async () => {
    const [jsonStatus, , jsonBody] = await send(receiver, { body: '{"resourceSpans":7}' });
    assert.equal(jsonStatus, 400);
    assert.deepEqual(JSON.parse(String(jsonBody)), {
      code: 3,
      message: 'no traces request in json: TraceRequest.resourceSpans: an array is expected, found 7',
    });
    const [status, , body] = await send(receiver, { headers: protobuf, body: 'garbage' });
    assert.deepEqual([status, body.subarray(0, 2).toString('hex')], [400, '0803']);
  });

  it('refuses what is broken or too large once unpacked, another type, method and path', async () => {
    const whole = gzipSync(JSON.stringify({ resourceSpans: [], filler: 'x'.repeat(1000) }));
    const bomb = gzipSync(Buffer.alloc(60_000, 0x20));
    assert.deepEqual(
      [
        await statusOf({ headers: gzip, body: whole }),
        await statusOf({ headers: gzip, body: whole.subarray(0, whole.length / 2) }),
        await statusOf({ headers: gzip, body: 'no gzip' }),
        await statusOf({ headers: gzip, body: bomb }),
        await statusOf({ body: Buffer.alloc(60_000, 0x20) }),
        await statusOf({ headers: { 'content-type': 'text/plain' } }),
        await statusOf({ method: 'GET', body: '' }),
        await statusOf({ path: '/v1/profiles' }),
      ],
      [200, 400, 400, 413, 413, 415, 405, 404],
    );
  });

  it('takes logs and rejects every record, so that the sender knows', async () => {
    const body = JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a' } }, {}] }] }],
    });
    const [status, , answered] = await send(receiver, { path: '/v1/logs', body });
    assert.deepEqual(
      [status, JSON.parse(String(answered))],
      [
        200,
        {
          partialSuccess: {
            rejectedLogRecords: '2',
            errorMessage: 'logs are not kept here: send traces and metrics only',
          },
        },
      ],
    );
  });

  it('says how many points it rejected and why, and keeps the others', async () => {
    const at = `${Date.now()}000000`;
    const dataPoints = [
      { timeUnixNano: at, asDouble: 2.5 },
      { timeUnixNano: '1000000000', asDouble: 3.5 },
    ];
    const body = JSON.stringify({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'cars', gauge: { dataPoints } }] }] }],
    });
    const [status, , answered] = await send(receiver, { path: '/v1/metrics', body });
    assert.deepEqual(
      [status, JSON.parse(String(answered))],
      [
        200,
        {
          partialSuccess: {
            rejectedDataPoints: '1',
            errorMessage: 'a time lies further back than is taken (oldest)',
          },
        },
      ],
    );
    const { readings, dropped } = await receiver.collect();
    assert.deepEqual([readings.map(({ value }) => value), dropped], [[2.5], { tooOld: 1 }]);
  });

  it('asks senders of metrics to come again when full, and takes traces meanwhile', async () => {
    const now = Date.now();
    const dataPoints = Array.from({ length: 500 }, (_, i) => ({
      timeUnixNano: `${now - 500 + i}000000`,
      asInt: String(i),
    }));
    const metrics = ['a', 'b'].map((name) => ({ name, gauge: { dataPoints } }));
    const body = gzipSync(
      JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: metrics.slice(0, 1) }] }] }),
    );
    const other = gzipSync(
      JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: metrics.slice(1) }] }] }),
    );
    const sent = { path: '/v1/metrics', headers: gzip };
    assert.deepEqual(
      [await statusOf({ ...sent, body }), await statusOf({ ...sent, body: other })],
      [200, 200],
    );
    const [status, retryAfter, answered] = await send(receiver, { path: '/v1/metrics' });
    assert.deepEqual([status, JSON.parse(String(answered)).code], [503, 14]);
    assert.match(retryAfter ?? '', /^[1-9]\d*$/);
    assert.equal(await statusOf({}), 200);
    assert.equal((await receiver.collect()).readings.length, 1000);
    assert.equal(await statusOf({ path: '/v1/metrics' }), 200);
  });

  it('begins its counters at zero again after a restart, and frees its port', async () => {
    const first = await startReceiver();
    const [, port] = /:(\d+)$/.exec(first.url) ?? [];
    const at = Date.now();
    const span = { name: 'x', kind: 2, startTimeUnixNano: `${at - 9}000000`, endTimeUnixNano: `${at}000000` };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span, span] }] }] });
    await send(first, { body });
    const counted = async (from: Receiver) =>
      (await from.collect()).readings
        .filter(({ metric }) => metric === 'citygauge_service_requests_total')
        .at(-1)?.value;
    assert.equal(await counted(first), 2);
    await first.stop();
    const second = await startReceiver({ port: Number(port) });
    await send(second, { body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }) });
    assert.equal(await counted(second), 1);
    await second.stop();
  });

  it('names the port that another program holds', async () => {
    const [, port] = /:(\d+)$/.exec(receiver.url) ?? [];
    await assert.rejects(startReceiver({ port: Number(port) }), {
      message: `cannot listen on 127.0.0.1:${port} (EADDRINUSE): another program listens there: give another port`,
    });
  });
});
