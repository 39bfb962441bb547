import type { Reading } from '../../contract.ts';
import { decodeRequest, type OtlpRequests } from '../../wire/otlp.ts';
import { Intake } from './intake.ts';
import { otlpSettings } from './settings.ts';

/** Milliseconds at which the receivers of the tests begin. */
export const began = Date.parse('2026-11-04T00:00:00.000Z');

/** Nanoseconds so many seconds after the receiver began, as OTLP's JSON has them. */
export const nanoseconds = (seconds: number) => `${began + Math.round(seconds * 1000)}000000`;

export const attributes = (given: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(given).map(([key, value]) => {
    if (typeof value === 'string') return { key, value: { stringValue: value } };
    if (typeof value === 'boolean') return { key, value: { boolValue: value } };
    return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } };
  });

const bytesOf = (value: object) => Buffer.from(JSON.stringify(value));

type Attributes = Parameters<typeof attributes>[0];

const resourceOf = (service: string | Attributes) => ({
  attributes: attributes(typeof service === 'string' ? { 'service.name': service } : service),
});

export function metricsOf(
  metrics: readonly object[],
  service: string | Attributes = 'parking',
): OtlpRequests['metrics'] {
  const resource = resourceOf(service);
  return decodeRequest(
    'metrics',
    'json',
    bytesOf({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }),
  );
}

export function tracesOf(
  spans: readonly object[],
  service: string | Attributes = 'parking',
): OtlpRequests['traces'] {
  const resource = resourceOf(service);
  return decodeRequest('traces', 'json', bytesOf({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }));
}

export function span(given: {
  readonly route?: string;
  readonly name?: string;
  readonly kind?: number;
  readonly status?: number;
  readonly seconds?: number;
  readonly at?: number;
}): object {
  const { route, name = 'GET', kind = 2, status = 200, seconds = 0.2, at = 1 } = given;
  return {
    name,
    kind,
    startTimeUnixNano: nanoseconds(at - seconds),
    endTimeUnixNano: nanoseconds(at),
    attributes: attributes({
      'http.request.method': 'GET',
      'http.response.status_code': status,
      ...(route === undefined ? {} : { 'http.route': route }),
    }),
  };
}

export function sum(
  name: string,
  points: readonly (readonly [at: number, value: number, start?: number])[],
  { temporality = 2, isMonotonic = true } = {},
): object {
  const dataPoints = points.map(([at, asDouble, start]) => ({
    timeUnixNano: nanoseconds(at),
    asDouble,
    ...(start === undefined ? {} : { startTimeUnixNano: nanoseconds(start) }),
  }));
  return { name, sum: { dataPoints, aggregationTemporality: temporality, isMonotonic } };
}

export function gauge(
  name: string,
  points: readonly (readonly [at: number, value: number | string])[],
): object {
  return {
    name,
    gauge: { dataPoints: points.map(([at, asDouble]) => ({ timeUnixNano: nanoseconds(at), asDouble })) },
  };
}

export function openIntake(settings: object = {}): Intake {
  return new Intake(otlpSettings.parse(settings), began);
}

/** `[metric, seconds after the beginning, value]`, so that a whole drain can be compared at a glance. */
export function samplesOf(
  readings: readonly Reading[],
  metric?: string,
): (readonly [string, number, number])[] {
  return readings
    .filter((reading) => metric === undefined || reading.metric === metric)
    .map(({ metric: name, at, value }) => [name, (Date.parse(at) - began) / 1000, value] as const);
}

export const later = (seconds: number) => began + seconds * 1000;
