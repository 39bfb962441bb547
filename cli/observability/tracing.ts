export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** What the work inside a span may say about it. */
export interface SpanNotes {
  note(attributes: SpanAttributes): void;
  /** Marks the span as failed without anything being thrown. */
  fail(reason: string): void;
}

/** Traces of what the program does; the same calls whether or not anyone listens. */
export interface Tracing {
  /** Runs the work inside a span, as a child of the span it is called in; what it throws marks the span and is thrown on. */
  withSpan<T>(name: string, attributes: SpanAttributes, work: (notes: SpanNotes) => Promise<T>): Promise<T>;
  /** Of the span that is going on; null outside of any. */
  ids(): { readonly traceId: string; readonly spanId: string } | null;
  /** Sends what waits, for a moment at most. */
  shutdown(): Promise<void>;
}

const silent: SpanNotes = { note: () => {}, fail: () => {} };

export const noTracing: Tracing = {
  withSpan: (_name, _attributes, work) => work(silent),
  ids: () => null,
  shutdown: async () => {},
};

const endpoints = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

/** Whether the environment names a place for traces. */
export function wantsTraces(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment.OTEL_SDK_DISABLED !== 'true' && endpoints.some((name) => environment[name]);
}

/** Tracing that exports by OTLP where an endpoint is configured; otherwise OpenTelemetry is not even loaded. */
export async function openTracing(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
): Promise<Tracing> {
  if (!wantsTraces(environment)) return noTracing;
  const { exportingTracing } = await import('./open-telemetry.ts');
  return exportingTracing(environment, version);
}
