import assert from 'node:assert/strict';
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
import { type Receiver, startReceiver } from './otlp/test-receiver-server.ts';

const resource = resourceFromAttributes({ 'service.name': 'parking', 'service.instance.id': 'i-1' });

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
