import protobuf from 'protobufjs';
import type { LogsRequest, MetricsRequest, TraceRequest } from './otlp-messages.ts';
import { documentReader } from './proto-json.ts';

/**
 * The parts of opentelemetry-proto 1.x (collector, trace, metrics, common) that are read; all other fields are skipped.
 * A oneof stands as optional fields, which are the same on the wire and tell what was set; values of attributes
 * that are lists or maps are skipped, so that nothing nests without end.
 */
const schema = `
syntax = "proto3";
package otlp;

message AnyValue {
  optional string string_value = 1; optional bool bool_value = 2;
  optional int64 int_value = 3; optional double double_value = 4;
}
message KeyValue { string key = 1; AnyValue value = 2; }
message Resource { repeated KeyValue attributes = 1; }

message TraceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message ScopeSpans { repeated Span spans = 2; }
message Span {
  string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9; Status status = 15;
}
message Status { int32 code = 3; }

message MetricsRequest { repeated ResourceMetrics resource_metrics = 1; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
message ScopeMetrics { repeated Metric metrics = 2; }
message Metric {
  string name = 1; string description = 2; string unit = 3; Gauge gauge = 5; Sum sum = 7;
  Histogram histogram = 9; ExponentialHistogram exponential_histogram = 10; Summary summary = 11;
}
message Gauge { repeated NumberPoint data_points = 1; }
message Sum { repeated NumberPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
message NumberPoint {
  fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; optional double as_double = 4;
  optional sfixed64 as_int = 6; repeated KeyValue attributes = 7; uint32 flags = 8;
}
message Histogram { repeated HistogramPoint data_points = 1; int32 aggregation_temporality = 2; }
message HistogramPoint {
  fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; fixed64 count = 4; optional double sum = 5;
  repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7; repeated KeyValue attributes = 9;
  uint32 flags = 10;
}
message ExponentialHistogram {
  repeated ExponentialPoint data_points = 1; int32 aggregation_temporality = 2;
}
message ExponentialPoint {
  repeated KeyValue attributes = 1; fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
  fixed64 count = 4; optional double sum = 5; sint32 scale = 6; fixed64 zero_count = 7; Buckets positive = 8;
  Buckets negative = 9; uint32 flags = 10; double zero_threshold = 14;
}
message Buckets { sint32 offset = 1; repeated uint64 bucket_counts = 2; }
message Summary { repeated SummaryPoint data_points = 1; }
message SummaryPoint {
  fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; fixed64 count = 4; double sum = 5;
  repeated Quantile quantile_values = 6; repeated KeyValue attributes = 7; uint32 flags = 8;
}
message Quantile { double quantile = 1; double value = 2; }

message LogsRequest { repeated ResourceLogs resource_logs = 1; }
message ResourceLogs { repeated ScopeLogs scope_logs = 2; }
message ScopeLogs { repeated LogRecord log_records = 2; }
message LogRecord {}

message Response { optional PartialSuccess partial_success = 1; }
message PartialSuccess { int64 rejected = 1; string error_message = 2; }
message Fault { int32 code = 1; string message = 2; }
`;

/** protobufjs reads an optional 64-bit field that is absent as 0, where absence must show. */
function withAbsentLongs(parsed: protobuf.Root): protobuf.Root {
  const types = parsed.resolveAll().lookup('otlp') as protobuf.Namespace;
  for (const type of types.nestedArray) {
    for (const field of type instanceof protobuf.Type ? type.fieldsArray : []) {
      if (field.long && field.hasPresence) field.defaultValue = null;
    }
  }
  return parsed;
}

const root = withAbsentLongs(protobuf.parse(schema).root);

export const signals = ['traces', 'metrics', 'logs'] as const;
export type Signal = (typeof signals)[number];
export type OtlpEncoding = 'protobuf' | 'json';

export interface OtlpRequests {
  readonly traces: TraceRequest;
  readonly metrics: MetricsRequest;
  readonly logs: LogsRequest;
}

type Reader = Readonly<Record<OtlpEncoding, (body: Uint8Array) => object>>;

function readerOf(name: string): Reader {
  const type = root.lookupType(name);
  return { protobuf: (body) => type.decode(body), json: documentReader(type) };
}

const readers: Readonly<Record<Signal, Reader>> = {
  traces: readerOf('otlp.TraceRequest'),
  metrics: readerOf('otlp.MetricsRequest'),
  logs: readerOf('otlp.LogsRequest'),
};
const responseType = root.lookupType('otlp.Response');
const faultType = root.lookupType('otlp.Fault');

/** The bytes are no request of the kind they were sent as. */
export class DecodeFault extends Error {}

/** DecodeFault with what is wrong. */
export function decodeRequest<S extends Signal>(
  signal: S,
  encoding: OtlpEncoding,
  body: Uint8Array,
): OtlpRequests[S] {
  try {
    return readers[signal][encoding](body) as unknown as OtlpRequests[S];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DecodeFault(`no ${signal} request in ${encoding}: ${reason}`, { cause });
  }
}

export interface Rejection {
  readonly count: number;
  readonly reason: string;
}

const rejectedFields: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
};

/** The answer to a request that was taken; `partial_success` is left out when nothing was rejected, as OTLP asks. */
export function encodeResponse(
  signal: Signal,
  encoding: OtlpEncoding,
  rejection: Rejection | null,
): Uint8Array | string {
  if (encoding === 'json') {
    if (!rejection) return '{}';
    const { count, reason } = rejection;
    return JSON.stringify({
      partialSuccess: { [rejectedFields[signal]]: String(count), errorMessage: reason },
    });
  }
  const partialSuccess = rejection && { rejected: rejection.count, errorMessage: rejection.reason };
  return responseType.encode(partialSuccess ? { partialSuccess } : {}).finish();
}

/** Codes of google.rpc.Status that the receiver answers with. */
export const statusCodes = { invalidArgument: 3, resourceExhausted: 8, unimplemented: 12, unavailable: 14 };

/** A google.rpc.Status: the body of every answer that refuses. */
export function encodeFault(encoding: OtlpEncoding, code: number, message: string): Uint8Array | string {
  if (encoding === 'json') return JSON.stringify({ code, message });
  return faultType.encode({ code, message }).finish();
}
