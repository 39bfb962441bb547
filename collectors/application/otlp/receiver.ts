import type { IncomingRequest, OutgoingAnswer } from '../../contract.ts';
import {
  DecodeFault,
  decodeRequest,
  encodeFault,
  encodeResponse,
  type OtlpEncoding,
  type OtlpRequests,
  type Rejection,
  type Signal,
  statusCodes,
} from '../../wire/otlp.ts';
import type { Intake } from './intake.ts';
import type { Tally } from './tally.ts';

const paths: Readonly<Record<string, Signal>> = {
  '/v1/traces': 'traces',
  '/v1/metrics': 'metrics',
  '/v1/logs': 'logs',
};

const contentTypes: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

function encodingOf(contentType: string | undefined): OtlpEncoding | null {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === contentTypes.json) return 'json';
  return type === contentTypes.protobuf || type === 'application/protobuf' ? 'protobuf' : null;
}

interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function refuse(encoding: OtlpEncoding, { status, code, message, headers }: Refusal): OutgoingAnswer {
  return {
    status,
    headers: { 'content-type': contentTypes[encoding], ...headers },
    body: encodeFault(encoding, code, message),
  };
}

function rejectionOf({ rejected, firstReason }: Tally): Rejection | null {
  return rejected === 0 ? null : { count: rejected, reason: firstReason };
}

/** Logs are not kept: every record is rejected, so that the sender can know. */
function rejectLogs({ resourceLogs }: OtlpRequests['logs']): Rejection | null {
  const count = resourceLogs
    .flatMap(({ scopeLogs }) => scopeLogs)
    .reduce((sum, { logRecords }) => sum + logRecords.length, 0);
  return count === 0 ? null : { count, reason: 'logs are not kept here: send traces and metrics only' };
}

function take(
  signal: Signal,
  { encoding, body }: { encoding: OtlpEncoding; body: Uint8Array },
  { intake, now }: { intake: Intake; now: number },
): Rejection | null {
  if (signal === 'traces')
    return rejectionOf(intake.takeTraces(decodeRequest('traces', encoding, body), now));
  if (signal === 'logs') return rejectLogs(decodeRequest('logs', encoding, body));
  return rejectionOf(intake.takeMetrics(decodeRequest('metrics', encoding, body), now));
}

/** Answers a request as OTLP/HTTP lays down (OpenTelemetry Protocol Specification, "OTLP/HTTP"). */
export function answer(request: IncomingRequest, intake: Intake, now: number): OutgoingAnswer {
  const { method, path, headers, body } = request;
  const signal = paths[path.split('?', 1)[0] ?? ''];
  const encoding = encodingOf(headers['content-type']);
  const invalid = statusCodes.invalidArgument;
  if (!signal) {
    const message = `${path} is not served: send to /v1/traces or /v1/metrics`;
    return refuse(encoding ?? 'json', { status: 404, code: statusCodes.unimplemented, message });
  }
  if (method !== 'POST') {
    const message = `${method} is not served: POST to ${path}`;
    return refuse(encoding ?? 'json', { status: 405, code: invalid, message, headers: { allow: 'POST' } });
  }
  if (!encoding) {
    const message = `content-type "${headers['content-type'] ?? ''}" is not served: send application/x-protobuf or application/json`;
    return refuse('json', { status: 415, code: invalid, message });
  }
  const seconds = signal === 'metrics' ? intake.fullFor(now) : null;
  if (seconds !== null) {
    const message = 'as many samples wait as may be kept: try again later';
    const retry = { 'retry-after': String(seconds) };
    return refuse(encoding, { status: 503, code: statusCodes.unavailable, message, headers: retry });
  }
  try {
    const rejection = take(signal, { encoding, body }, { intake, now });
    const type = contentTypes[encoding];
    return {
      status: 200,
      headers: { 'content-type': type },
      body: encodeResponse(signal, encoding, rejection),
    };
  } catch (cause) {
    if (!(cause instanceof DecodeFault)) throw cause;
    return refuse(encoding, { status: 400, code: invalid, message: cause.message });
  }
}
