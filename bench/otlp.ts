import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { SpanKind } from '@opentelemetry/api';
import {
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { print, ratio, timed, whole } from './figures.ts';

const spansPerRequest = 2000;
const pointsPerRequest = 2000;
const traceRequests = 150;
const metricRequests = 100;
const connections = 4;
const resource = resourceFromAttributes({ 'service.name': 'bench', 'service.instance.id': 'b-1' });

type Bodies = Readonly<Record<'protobuf' | 'json', readonly Uint8Array[]>>;

/** Server spans of twenty routes as the SDK's exporters would send them. */
function traceBodies(): Bodies {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('bench');
  for (let i = 0; i < spansPerRequest; i += 1) {
    const attributes = {
      'http.request.method': 'GET',
      'http.route': `/items/${i % 20}/:id`,
      'http.response.status_code': i % 50 === 0 ? 500 : 200,
      'url.path': `/items/${i % 20}/${i}`,
      'server.address': 'bench.example',
      'user_agent.original': 'Mozilla/5.0',
    };
    tracer.startSpan('GET', { kind: SpanKind.SERVER, attributes, startTime: Date.now() - (i % 700) }).end();
  }
  const spans = exporter.getFinishedSpans();
  const repeat = (body: Uint8Array | undefined) =>
    Array.from({ length: traceRequests }, () => body ?? new Uint8Array());
  return {
    protobuf: repeat(ProtobufTraceSerializer.serializeRequest(spans)),
    json: repeat(JsonTraceSerializer.serializeRequest(spans)),
  };
}

class OnDemand extends MetricReader {
  protected override onShutdown = async () => {};
  protected override onForceFlush = async () => {};
}

/** Counters of many series, each request a little later than the one before, for a point counts once only. */
async function metricBodies(): Promise<Bodies> {
  const reader = new OnDemand();
  const meter = new MeterProvider({ resource, readers: [reader] }).getMeter('bench');
  const counter = meter.createCounter('bench.requests', { unit: '{request}' });
  const [protobuf, json]: [Uint8Array[], Uint8Array[]] = [[], []];
  for (let sent = 0; sent < 2 * metricRequests; sent += 1) {
    for (let i = 0; i < pointsPerRequest; i += 1)
      counter.add(1, { 'http.route': `/items/${i}`, 'http.method': 'GET' });
    const { resourceMetrics } = await reader.collect();
    const isProtobuf = sent < metricRequests;
    const serializer = isProtobuf ? ProtobufMetricsSerializer : JsonMetricsSerializer;
    (isProtobuf ? protobuf : json).push(serializer.serializeRequest(resourceMetrics) ?? new Uint8Array());
  }
  return { protobuf, json };
}

interface Told {
  readonly samples: number;
  readonly dropped: number;
  readonly cpuSeconds: number;
  readonly maxRss: number;
}

async function ask(child: ChildProcess): Promise<Told> {
  const answer = once(child, 'message');
  child.send('tell');
  return (await answer)[0] as Told;
}

function post(agent: Agent, url: string, type: string, body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers: { 'content-type': type } }, (answer) => {
      answer
        .resume()
        .on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${answer.statusCode}`)),
        );
    });
    sent.on('error', reject).end(body);
  });
}

interface Load {
  readonly what: string;
  readonly path: string;
  readonly perRequest: number;
  readonly type: string;
  readonly bodies: readonly Uint8Array[];
}

/** Items per second, sent over a few connections to a fresh receiver. */
async function measure({ what, path, perRequest, type, bodies }: Load): Promise<number> {
  const child = fork(join(import.meta.dirname, 'otlp-receiver-process.ts'));
  const [{ address }] = (await once(child, 'message')) as [{ address: string }];
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const before = await ask(child);
  const order = path === '/v1/metrics' ? 1 : connections;
  const waiting = [...bodies];
  const sender = async () => {
    for (let body = waiting.shift(); body; body = waiting.shift())
      await post(agent, address + path, type, body);
  };
  const { seconds } = await timed(() => Promise.all(Array.from({ length: order }, sender)));
  const told = await ask(child);
  agent.destroy();
  child.kill();
  const items = bodies.length * perRequest;
  const perSecond = items / seconds;
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  print('otlp', `${what}: per second`, whole(perSecond));
  print(
    'otlp',
    `${what}: bytes each, processor microseconds each`,
    `${whole(bytes / items)}, ${(((told.cpuSeconds - before.cpuSeconds) / items) * 1e6).toFixed(1)}`,
  );
  print(
    'otlp',
    `${what}: most memory (at rest before)`,
    `${whole(told.maxRss / 1e6)} MB (${whole(before.maxRss / 1e6)} MB)`,
  );
  if (told.dropped > 0) print('otlp', `${what}: dropped`, whole(told.dropped));
  return perSecond;
}

const [traces, metrics] = [traceBodies(), await metricBodies()];
const trace = { path: '/v1/traces', perRequest: spansPerRequest };
const metric = { path: '/v1/metrics', perRequest: pointsPerRequest };
const [protobufType, jsonType] = ['application/x-protobuf', 'application/json'];
const spans = await measure({
  ...trace,
  what: 'spans, Protobuf',
  type: protobufType,
  bodies: traces.protobuf,
});
const jsonSpans = await measure({ ...trace, what: 'spans, JSON', type: jsonType, bodies: traces.json });
const points = await measure({
  ...metric,
  what: 'data points, Protobuf',
  type: protobufType,
  bodies: metrics.protobuf,
});
const jsonPoints = await measure({
  ...metric,
  what: 'data points, JSON',
  type: jsonType,
  bodies: metrics.json,
});
print(
  'otlp',
  'Protobuf against JSON: spans, data points',
  `${ratio(spans / jsonSpans)}, ${ratio(points / jsonPoints)}`,
);
