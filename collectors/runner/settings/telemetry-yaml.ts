import type { z } from 'zod';
import { type Collector, faultSentence, InputError, type PathStep, readYaml } from '../../contract.ts';
import { knownKeys } from '../../known-keys.ts';
import { nearest } from '../../records/mapping/did-you-mean.ts';
import { type ShapeFault, shapeFaults } from '../../shape-faults.ts';
import { cronEverySeconds, cronFault, type Schedule } from '../schedule/cadence.ts';
import { durationSeconds, durationText } from './duration.ts';
import { type JobSettings, type RemoteWriteSettings, telemetrySchema } from './telemetry-schema.ts';

/** One job ready to run: its collector, its settings as that collector's schema gave them back. */
export interface Job {
  readonly id: string;
  readonly collector: Collector;
  readonly subject: string;
  readonly schedule: Schedule;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly settings: unknown;
}

/** A telemetry settings file, read and found sound. */
export interface TelemetrySettings {
  readonly concurrency: number;
  readonly retention: z.output<typeof telemetrySchema>['retention'];
  readonly remoteWrite: readonly RemoteWriteSettings[];
  readonly jobs: readonly Job[];
  /** The YAML as it was read; empty where there is no file. */
  readonly source: string;
  /** A sentence that names the place of `path` in the file, for what only the store can know. */
  fault(path: readonly PathStep[], message: string): string;
}

type RawJob = Readonly<Partial<Record<keyof JobSettings, unknown>>>;

const textAt = (job: RawJob, key: keyof JobSettings) => {
  const value = job[key];
  return typeof value === 'string' ? value : null;
};

function rawList(value: unknown, key: string): readonly RawJob[] {
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : [];
  if (!Array.isArray(list)) return [];
  return list.map((each) => (typeof each === 'object' && each !== null ? (each as RawJob) : {}));
}

function repeatedFaults(value: unknown, list: string, key: 'id' | 'name'): ShapeFault[] {
  const seen = new Map<unknown, number>();
  return rawList(value, list).flatMap((each, index) => {
    const name = (each as Readonly<Record<string, unknown>>)[key];
    if (typeof name !== 'string') return [];
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, index);
      return [];
    }
    const text = `"${name}" is the ${key} of ${list}[${first}] already: give each its own`;
    return [{ path: [list, index, key], text }];
  });
}

/** Faults between the fields of one job that its shape cannot tell. */
function scheduleFaults(
  job: RawJob,
  collector: Collector | undefined,
): readonly [keyof JobSettings, string][] {
  const [every, cron, timeout] = [textAt(job, 'every'), textAt(job, 'cron'), textAt(job, 'timeout')];
  if (every !== null && cron !== null) {
    return [['cron', 'a job has either "every" or "cron": remove one of the two']];
  }
  const isGoodCron = cron !== null && cronFault(cron) === null;
  const everySeconds = isGoodCron
    ? cronEverySeconds(cron, 'UTC', 0)
    : every === null
      ? (collector?.cadence.everySeconds ?? null)
      : durationSeconds(every);
  const timeoutSeconds = timeout === null ? null : durationSeconds(timeout);
  if (timeoutSeconds === null || everySeconds === null || timeoutSeconds <= everySeconds) return [];
  const text = `"${timeout}" is longer than the ${durationText(everySeconds)} from one run to the next: shorten it`;
  return [['timeout', text]];
}

function collectorFault(name: string, collectors: readonly Collector[]): string {
  const ids = collectors.map(({ id }) => id);
  const near = nearest(name, ids);
  return `collector "${name}" is unknown${near === null ? `: known are ${ids.join(', ')}` : `; did you mean ${near}?`}`;
}

function jobFaults(job: RawJob, index: number, collectors: readonly Collector[]): ShapeFault[] {
  const at = (key: keyof JobSettings): PathStep[] => ['jobs', index, key];
  const name = textAt(job, 'collector');
  const collector = collectors.find(({ id }) => id === name);
  const faults = scheduleFaults(job, collector).map(([key, text]): ShapeFault => ({ path: at(key), text }));
  if (name === null) return faults;
  if (!collector) return [...faults, { path: at('collector'), text: collectorFault(name, collectors) }];
  const settings = job.settings ?? {};
  const parsed = collector.settings.safeParse(settings);
  if (parsed.success) return faults;
  const words = { knownKeys: knownKeys(collector.settings), missingRemedies: {} };
  const own = shapeFaults(parsed.error, settings, words).map((fault): ShapeFault => {
    return { ...fault, path: [...at('settings'), ...fault.path] };
  });
  return [...faults, ...own];
}

function findFaults(value: unknown, collectors: readonly Collector[]): ShapeFault[] {
  const parsed = telemetrySchema.safeParse(value);
  const words = {
    knownKeys: knownKeys(telemetrySchema),
    missingRemedies: {
      id: ': give the job a name of its own',
      collector: ': name the collector that the job runs',
      subject: ': name the subject that the readings belong to',
    },
  };
  return [
    ...(parsed.success ? [] : shapeFaults(parsed.error, value, words)),
    ...repeatedFaults(value, 'jobs', 'id'),
    ...repeatedFaults(value, 'remoteWrite', 'name'),
    ...rawList(value, 'jobs').flatMap((job, index) => jobFaults(job, index, collectors)),
  ];
}

function jobOf(job: JobSettings, collectors: readonly Collector[]): Job {
  const collector = collectors.find(({ id }) => id === job.collector);
  if (!collector) throw new Error(`collector ${job.collector} was found before`);
  const { everySeconds, timeoutSeconds, retries } = collector.cadence;
  const schedule = job.cron === undefined ? { everySeconds: job.every ?? everySeconds } : { cron: job.cron };
  const longest = 'everySeconds' in schedule ? schedule.everySeconds : Number.POSITIVE_INFINITY;
  return {
    id: job.id,
    collector,
    subject: job.subject,
    schedule,
    timeoutSeconds: job.timeout ?? Math.min(timeoutSeconds, longest),
    retries: job.retries ?? retries,
    labels: job.labels,
    settings: collector.settings.parse(job.settings ?? {}),
  };
}

/** Telemetry settings from their YAML; InputError with every fault, each with its line, column and path. */
export function parseTelemetry(
  yaml: string,
  name: string,
  collectors: readonly Collector[],
): TelemetrySettings {
  const document = readYaml(yaml);
  if (document.faults.length > 0) {
    throw new InputError(document.faults.map((fault) => faultSentence(name, fault)));
  }
  const faults = findFaults(document.value, collectors)
    .map(({ path, text, at }) => document.fault(path, text, at))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (faults.length > 0) throw new InputError(faults.map((fault) => faultSentence(name, fault)));
  const { jobs, ...rest } = telemetrySchema.parse(document.value);
  return {
    ...rest,
    jobs: jobs.map((each) => jobOf(each, collectors)),
    source: yaml,
    fault: (path, message) => faultSentence(name, document.fault(path, message)),
  };
}
