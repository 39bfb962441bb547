import type { Course } from '../policy.ts';

/** Every number behind the sample city's telemetry. None of them is taken from a real city. */

export const spacing = {
  /** Probes and scrapes: coarser than a real installation, so that a year is filled in within seconds. */
  continuousHours: 1,
  /** Tables and counters. */
  dailyHours: 24,
} as const;

/** The districts were connected late: so many of the last months have their telemetry. */
export const districtMonths = 4;

/** Months are counted from 0 for the first of the twelve; days within a month from 1. */
export const stories = {
  /** One application down over a night and a day. */
  outage: { target: 'https://hotline.sample.example/', month: 7, day: 11, fromHour: 19, hours: 16 },
  /** The same application was taken down for a night of announced maintenance in the last month. */
  maintenance: { target: 'https://hotline.sample.example/', month: 11, day: 17, fromHour: 22, hours: 8 },
  /** The probes of the data exchange were not running: no sample at all. */
  gap: { target: 'https://exchange.sample.example/api', month: 10, day: 9, days: 7 },
  /** A release restarted the services: their counters began again. */
  restart: { month: 5, day: 14 },
  /** Renewed for the last time so many days before the sample ends; certificates last `days`. */
  certificates: { days: 90, renewedBeforeEnd: { portal: 41, hotline: 78, exchange: 83 } },
} as const;

interface ProbePolicy {
  readonly target: string;
  readonly kind: 'http' | 'tcp';
  readonly layer: string | null;
  /** Share of probes that fail by chance. */
  readonly failing: Course;
}

export const probes: readonly ProbePolicy[] = [
  {
    target: 'https://portal.sample.example/',
    kind: 'http',
    layer: null,
    failing: { from: 0.004, to: 0.001 },
  },
  {
    target: 'https://hotline.sample.example/',
    kind: 'http',
    layer: null,
    failing: { from: 0.006, to: 0.002 },
  },
  {
    target: 'https://exchange.sample.example/api',
    kind: 'http',
    layer: 'data',
    failing: { from: 0.012, to: 0.004 },
  },
  { target: 'cloud.sample.example:443', kind: 'tcp', layer: 'cloud', failing: { from: 0.002, to: 0.001 } },
];

export const districtProbe = { failing: { from: 0.01, to: 0.004 } } as const;

export const nodes = { city: 1, district: 1, failing: { from: 0.004, to: 0.001 } } as const;

export interface ServicePolicy {
  readonly service: string;
  readonly route: string;
  readonly method: string;
  readonly layer: string | null;
  readonly requestsPerDay: number;
  readonly errorRatio: Course;
  /** Half of the requests are faster, seconds. */
  readonly medianSeconds: Course;
  /** Shape of the log-logistic distribution of durations: the larger, the shorter its tail. */
  readonly steepness: number;
}

export const services: readonly ServicePolicy[] = [
  {
    service: 'portal',
    route: '/items/{id}',
    method: 'GET',
    layer: null,
    requestsPerDay: 42_000,
    errorRatio: { from: 0.016, to: 0.005 },
    medianSeconds: { from: 0.31, to: 0.19 },
    steepness: 2.6,
  },
  {
    service: 'hotline',
    route: '/orders',
    method: 'POST',
    layer: null,
    requestsPerDay: 9_500,
    errorRatio: { from: 0.021, to: 0.009 },
    medianSeconds: { from: 0.42, to: 0.3 },
    steepness: 2.4,
  },
  {
    service: 'exchange',
    route: '/datasets/{id}',
    method: 'GET',
    layer: 'platform',
    requestsPerDay: 118_000,
    errorRatio: { from: 0.014, to: 0.004 },
    medianSeconds: { from: 0.16, to: 0.12 },
    steepness: 2.5,
  },
];

/** Of the requests of an application that was down, so many failed while it was. */
export const outageErrorRatio = 0.55;
export const latencyBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5] as const;
