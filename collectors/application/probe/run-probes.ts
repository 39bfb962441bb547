import {
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  InputError,
  NetworkFault,
  type Phases,
  type Reading,
  type TargetState,
  type Text,
  type TlsSession,
} from '../../contract.ts';
import { limitOf } from '../../runner/schedule/limit.ts';
import { certificateValues, remainingDays } from './certificate.ts';
import { certificateNames, type ProbeKind, probeNames } from './probe-metrics.ts';
import type { ProbeTarget } from './probe-settings.ts';

/** What one attempt saw. */
export interface Look {
  readonly isUp: boolean;
  /** In one line; when it is down, why. */
  readonly detail: Text;
  readonly phases: Phases;
  /** In place of the time that the attempt took. */
  readonly durationSeconds?: number;
  readonly values?: Readonly<Record<string, number>>;
  readonly tls?: TlsSession | null;
}

export interface Probing<T extends ProbeTarget> {
  readonly kind: ProbeKind;
  readonly targets: readonly T[];
  /** Metrics, beyond those of every probe, that the target should yield. */
  expected?(target: T): readonly string[];
  /** NetworkFault = down; CollectorFault = it cannot be said whether it is up. */
  look(target: T, signal: AbortSignal): Promise<Look>;
}

/** What every probe's settings say of how it goes about its targets; `retryPause` in seconds. */
interface Patience {
  readonly concurrency: number;
  readonly retries: number;
  readonly retryPause: number;
}

type Run = Pick<CollectorRun<Patience>, 'ports' | 'settings' | 'startedAt' | 'signal' | 'timeoutSeconds'>;

/** What a target came to: seen up or down, or not judged at all. */
type Result = { readonly look: Look; readonly attempts: number; readonly durationSeconds: number } | Unjudged;
interface Unjudged {
  readonly state: Gap['state'];
  readonly reason: Text;
  readonly remedy?: Text;
}

/** Of a run's time; the rest is for handing over what was seen. */
const usableRatio = 0.9;

/** Probes all targets side by side; a target that fails never stops another. */
export async function runProbes<T extends ProbeTarget>(
  run: Run,
  probing: Probing<T>,
): Promise<CollectorYield> {
  const ended = new AbortController();
  const timeUp = new AbortController();
  if (run.timeoutSeconds !== undefined) {
    run.ports.clock
      .sleep(run.timeoutSeconds * usableRatio * 1000, AbortSignal.any([ended.signal, run.signal]))
      .then(
        () => timeUp.abort(),
        () => {},
      );
  }
  const signal = AbortSignal.any([run.signal, timeUp.signal]);
  try {
    const limit = limitOf(run.settings.concurrency);
    const seen = await Promise.all(
      probing.targets.map((target) =>
        limit(async () =>
          yieldOf(target, await probed({ ...run, signal }, probing, target), { run, probing }),
        ),
      ),
    );
    run.signal.throwIfAborted();
    return {
      readings: seen.flatMap(({ readings }) => readings),
      gaps: seen.flatMap(({ gaps }) => gaps),
      targets: seen.map(({ state }) => state),
    };
  } finally {
    ended.abort();
  }
}

async function probed<T extends ProbeTarget>(run: Run, probing: Probing<T>, target: T): Promise<Result> {
  const { clock } = run.ports;
  for (let attempts = 1; ; attempts += 1) {
    if (run.signal.aborted) return outOfTime;
    const began = clock.monotonic();
    try {
      const look = await probing.look(target, run.signal).catch(downByFault);
      const durationSeconds = look.durationSeconds ?? (clock.monotonic() - began) / 1000;
      if (look.isUp || attempts > run.settings.retries) return { look, attempts, durationSeconds };
    } catch (error) {
      return unjudged(error);
    }
    await clock.sleep(run.settings.retryPause * 1000, run.signal).catch(() => {});
  }
}

function downByFault(error: unknown): Look {
  if (!(error instanceof NetworkFault) || error.kind === 'aborted') throw error;
  const { reason, remedy, phases, tls } = error;
  const detail = remedy ? { zh: `${reason.zh}：${remedy.zh}`, en: `${reason.en}: ${remedy.en}` } : reason;
  return { isUp: false, detail, phases, tls };
}

const outOfTime: Unjudged = {
  state: 'failed',
  reason: {
    zh: '本轮时间用尽，未能探测该目标',
    en: 'the time of the run was up before this target was probed',
  },
  remedy: {
    zh: '提高 concurrency，缩短 timeout，减少 retries，或延长采集任务的超时时间',
    en: 'raise concurrency, shorten timeout, lower retries, or give the job more time',
  },
};

/** The target's own trouble becomes its gap; wrong settings concern all and go up. */
function unjudged(error: unknown): Unjudged {
  if (error instanceof NetworkFault) return outOfTime;
  if (error instanceof CollectorFault) {
    const { reason, remedy, isFinal } = error;
    return { state: isFinal ? 'notApplicable' : 'failed', reason, ...(remedy ? { remedy } : {}) };
  }
  if (error instanceof InputError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return {
    state: 'failed',
    reason: { zh: `探测未能进行：${message}`, en: `the probe could not run: ${message}` },
  };
}

interface Yielded {
  readonly readings: readonly Reading[];
  readonly gaps: readonly Gap[];
  readonly state: TargetState;
}

function yieldOf<T extends ProbeTarget>(
  target: T,
  result: Result,
  { run, probing }: { readonly run: Run; readonly probing: Probing<T> },
): Yielded {
  const labels = { ...target.labels, target: target.name };
  const shownTarget = target.labels.ip_version
    ? `${target.name} (IPv${target.labels.ip_version})`
    : target.name;
  if (!('look' in result)) {
    const state = { target: shownTarget, isUp: false, durationSeconds: null, detail: result.reason };
    return { readings: [], gaps: [{ metric: null, labels, ...result }], state };
  }
  const { look, attempts, durationSeconds } = result;
  const certificates = certificateValues(look.tls ?? null, run.startedAt);
  const own: Readonly<Record<string, number>> = {
    [probeNames.success]: look.isUp ? 1 : 0,
    [probeNames.duration]: durationSeconds,
    [probeNames.attempts]: attempts,
  };
  const further = { ...look.values, ...certificates };
  const kind = { ...labels, kind: probing.kind };
  const at = run.startedAt;
  const missing = (probing.expected?.(target) ?? []).filter((metric) => !(metric in further));
  const days = remainingDays(look.tls ?? null, at);
  return {
    readings: [
      ...Object.entries(own).map(([metric, value]) => ({ metric, labels: kind, at, value })),
      ...Object.entries(look.phases).map(([phase, value]) => ({
        metric: probeNames.phase,
        labels: { ...kind, phase },
        at,
        value,
      })),
      ...Object.entries(further).map(([metric, value]) => ({ metric, labels, at, value })),
    ],
    gaps: missing.map((metric) => ({ metric, labels, state: 'failed', reason: look.detail })),
    state: {
      target: shownTarget,
      isUp: look.isUp,
      durationSeconds,
      detail: look.detail,
      phases: { ...look.phases },
      ...(days === null ? {} : { certificateDays: days }),
    },
  };
}

export const certificateMetricNames: readonly string[] = Object.values(certificateNames);
