import type {
  Collected,
  CollectorOutcome,
  CollectorPorts,
  CollectorYield,
  DropReason,
  Gap,
} from '../../contract.ts';
import type { Job } from '../settings/telemetry-yaml.ts';
import { type Accepted, acceptReadings, labelsInSettings } from './accept-readings.ts';
import { type Attempted, attempt } from './attempts.ts';
import { type FaultText, faultText } from './fault-text.ts';
import type { Redactor } from './redaction.ts';

export interface RunOptions {
  readonly ports: CollectorPorts;
  readonly redactor: Redactor;
  /** A number in [0, 1). */
  chance(): number;
  /** What the collector's `start` gave. */
  readonly state: unknown;
  /** Samples older than this are of no use to anyone; seconds. */
  readonly oldestSeconds: number;
  readonly signal: AbortSignal;
}

type Dropped = Readonly<Partial<Record<DropReason, number>>>;

function sumOf(...counts: readonly (Dropped | undefined)[]): Dropped {
  const sum: Partial<Record<DropReason, number>> = {};
  for (const each of counts) {
    for (const [reason, count] of Object.entries(each ?? {}) as [DropReason, number][]) {
      sum[reason] = (sum[reason] ?? 0) + count;
    }
  }
  return sum;
}

interface Frame {
  readonly job: Job;
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly attempts: number;
}

function outcomeFrame({ job, startedAt, durationSeconds, attempts }: Frame) {
  return {
    job: job.id,
    collector: job.collector.id,
    subject: job.subject,
    startedAt,
    durationSeconds: Math.max(0, durationSeconds),
    attempts,
  };
}

/** The outcome of a run that brought nothing. */
export function failedRun(frame: Frame, { reason, remedy }: FaultText, redactor: Redactor): Collected {
  const outcome: CollectorOutcome = {
    ...outcomeFrame(frame),
    state: 'failed',
    ...{ samples: 0, series: 0, records: 0, dropped: {}, gaps: [], targets: [] },
    error: redactor.text(reason),
    remedy: remedy && redactor.text(remedy),
  };
  return { outcome, readings: [], records: [], types: {} };
}

/** Samples dated ahead of us are lost for good, so the run says whose clock is to blame. */
function clockGaps({ future = 0 }: CollectorOutcome['dropped']): readonly Gap[] {
  if (future === 0) return [];
  return [
    {
      metric: null,
      labels: {},
      state: 'failed',
      reason: {
        zh: `${future} 个采样的时间戳超前于本机时钟，已剔除`,
        en: `${future} samples are dated ahead of this machine’s clock and were dropped`,
      },
      remedy: {
        zh: '请校准数据源与本机的时钟（NTP）；数据源时间不可信时，可将 honorTimestamps 设为 false',
        en: 'set the clocks of the source and of this machine (NTP); where the source’s times cannot be trusted, set honorTimestamps to false',
      },
    },
  ];
}

/** The outcome of a run that brought something; with a fault it failed, and this is what is known all the same. */
function runWith(
  frame: Frame,
  brought: CollectorYield,
  { accepted, fault, redactor }: { accepted: Accepted; fault: FaultText | null; redactor: Redactor },
): Collected {
  const dropped = sumOf(brought.dropped, accepted.dropped);
  const gaps = [...(brought.gaps ?? []), ...clockGaps(dropped)].map((gap) => redactor.gap(gap));
  const records = brought.records ?? [];
  const stateOfGaps = gaps.some(({ state }) => state === 'failed') ? 'partial' : 'succeeded';
  const outcome: CollectorOutcome = {
    ...outcomeFrame(frame),
    state: fault ? 'failed' : stateOfGaps,
    samples: accepted.readings.length,
    series: accepted.series,
    records: records.reduce((sum, { rows }) => sum + rows.length, 0),
    dropped,
    gaps,
    targets: (brought.targets ?? []).map((target) => redactor.target(target)),
    error: fault && redactor.text(fault.reason),
    remedy: fault?.remedy ? redactor.text(fault.remedy) : null,
  };
  return {
    outcome,
    readings: accepted.readings,
    records,
    quality: (brought.quality ?? []).map((run) => redactor.quality(run)),
    scans: brought.scans ?? [],
    types: brought.types ?? {},
  };
}

/**
 * Runs a job once. Whatever its collector does, the run ends: with what it brought, or as failed with the reason. Rejects
 * with the signal's reason when the program stops meanwhile; such a run never was.
 */
export async function runJob(job: Job, options: RunOptions): Promise<Collected> {
  const { ports, redactor, signal } = options;
  const { clock } = ports;
  const startedAt = new Date(clock.now()).toISOString();
  const began = clock.monotonic();
  const collect = (own: AbortSignal) =>
    job.collector.collect({
      job: job.id,
      subject: job.subject,
      settings: job.settings,
      state: options.state,
      ports,
      startedAt,
      signal: own,
      timeoutSeconds: job.timeoutSeconds,
    });
  const attempted: Attempted<CollectorYield> = await attempt(collect, {
    clock,
    chance: options.chance,
    timeoutSeconds: job.timeoutSeconds,
    retries: job.retries,
    signal,
  });
  const { attempts } = attempted;
  const frame = { job, startedAt, durationSeconds: (clock.monotonic() - began) / 1000, attempts };
  const { fault } = attempted;
  const brought = attempted.fault === null ? attempted.value : (attempted.fault.brought ?? { readings: [] });
  try {
    const accepted = acceptReadings(brought.readings, {
      collector: job.collector,
      settingLabels: labelsInSettings(job.settings),
      stamp: { ...job.labels, job: job.id, subject: job.subject },
      now: clock.now(),
      oldestSeconds: options.oldestSeconds,
      redact: redactor.redact,
    });
    return runWith(frame, brought, { accepted, fault, redactor });
  } catch (error) {
    return failedRun(frame, faultText(error), redactor);
  }
}
