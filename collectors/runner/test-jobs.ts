import { z } from 'zod';
import type { Collector, CollectorPorts, CollectorRun, CollectorYield, Reading } from '../contract.ts';
import { Redactor } from './run/redaction.ts';
import type { RunOptions } from './run/run-job.ts';
import type { Job } from './settings/telemetry-yaml.ts';
import type { TestClock } from './test-clock.ts';

const text = { zh: '测试', en: 'test' };

/** A collector of one declared metric that does what the test says. */
export function collectorOf(
  collect: (run: CollectorRun<unknown>) => Promise<CollectorYield>,
  more: Partial<Collector> = {},
): Collector {
  return {
    id: 'tide-gauge',
    title: text,
    domain: 'cloud',
    description: text,
    settings: z.strictObject({
      station: z.string().optional(),
      depth: z.strictObject({ min: z.number() }).optional(),
    }),
    metrics: [
      {
        name: 'tide_level_metres',
        type: 'gauge',
        unit: 'metres',
        help: text,
        labels: { station: text },
      },
      {
        name: 'tide_wait_seconds',
        type: 'histogram',
        unit: 'seconds',
        help: text,
        labels: { station: text },
      },
    ],
    isOpen: false,
    records: [],
    cadence: { everySeconds: 60, timeoutSeconds: 10, retries: 0 },
    collect,
    ...more,
  };
}

export function jobOf(collector: Collector, more: Partial<Job> = {}): Job {
  return {
    id: 'tides',
    collector,
    subject: 'lin',
    schedule: { everySeconds: 60 },
    timeoutSeconds: 10,
    retries: 0,
    labels: {},
    settings: {},
    ...more,
  };
}

export function reading(value: number, more: Partial<Reading> = {}): Reading {
  return {
    metric: 'tide_level_metres',
    labels: { station: 'east' },
    at: '2026-03-01T00:00:00.000Z',
    value,
    ...more,
  };
}

/** Ports of which only the clock and secrets can be touched. */
export function portsWith(clock: TestClock, secrets: Readonly<Record<string, string>> = {}): CollectorPorts {
  const untouched = new Proxy({}, { get: () => assertUntouched }) as never;
  return {
    clock,
    http: untouched,
    network: untouched,
    processes: untouched,
    files: untouched,
    sql: untouched,
    listeners: untouched,
    secret: async (ref) => ('env' in ref ? (secrets[ref.env] ?? '') : ''),
  };
}

function assertUntouched(): never {
  throw new Error('the test does not touch this port');
}

export function runOptions(clock: TestClock, more: Partial<RunOptions> = {}): RunOptions {
  return {
    ports: portsWith(clock),
    redactor: new Redactor(),
    chance: () => 0.5,
    state: undefined,
    oldestSeconds: 15 * 86_400,
    signal: new AbortController().signal,
    ...more,
  };
}
