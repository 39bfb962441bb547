import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { SpanNotes, Tracing } from './tracing.ts';

/** A receiver that is gone, or slow, holds the end of a command up no longer than this; its timer would keep the process alive. */
const flushMilliseconds = 3000;

function failSpan(span: Span, reason: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: reason });
}

function notesOn(span: Span): SpanNotes {
  return {
    note: (attributes) => {
      span.setAttributes(attributes);
    },
    fail: (reason) => failSpan(span, reason),
  };
}

/** Starts the SDK; endpoint, headers, sampling and batches by OpenTelemetry's own OTEL_... variables. */
export function exportingTracing(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
): Tracing {
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({
      'service.name': environment.OTEL_SERVICE_NAME || 'citygauge',
      'service.version': version,
    }),
    autoDetectResources: false,
    instrumentations: [],
    metricReaders: [],
    logRecordProcessors: [],
    traceExporter: new OTLPTraceExporter(
      environment.OTEL_EXPORTER_OTLP_TIMEOUT ? {} : { timeoutMillis: flushMilliseconds },
    ),
  });
  sdk.start();
  const tracer = trace.getTracer('citygauge', version);
  return {
    withSpan: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work(notesOn(span));
        } catch (error) {
          span.recordException(error as Error);
          failSpan(span, (error as Error).message);
          throw error;
        } finally {
          span.end();
        }
      }),
    ids: () => {
      const span = trace.getActiveSpan()?.spanContext();
      return span ? { traceId: span.traceId, spanId: span.spanId } : null;
    },
    shutdown: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, flushMilliseconds).unref());
      // A receiver that does not answer is no reason for the command to fail.
      await Promise.race([sdk.shutdown().catch(() => undefined), late]);
    },
  };
}
