import type { ClockPort } from '../../contract.ts';
import { durationText } from '../settings/duration.ts';
import { type FaultText, faultText, timeoutText } from './fault-text.ts';

/** Pause before the second attempt; doubled before each further one, so that a target that restarts is not hammered. */
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 30_000;

export interface AttemptOptions {
  readonly clock: ClockPort;
  /** A number in [0, 1), handed in. */
  chance(): number;
  /** Of all attempts and pauses together. */
  readonly timeoutSeconds: number;
  /** Attempts after the first that failed. */
  readonly retries: number;
  /** Aborted when the program stops; `attempt` then rejects with its reason. */
  readonly signal: AbortSignal;
}

export type Attempted<T> = { readonly attempts: number } & (
  | { readonly value: T; readonly fault: null }
  | { readonly fault: FaultText }
);

class TimedOut extends Error {}

/** Ends at the abort of the signal even when the work does not look at it; what comes later is thrown away. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** Half to the whole of the pause: jobs that failed together do not come back together. */
function pauseBefore(attempt: number, chance: number): number {
  const whole = Math.min(firstPauseMilliseconds * 2 ** (attempt - 1), longestPauseMilliseconds);
  return whole * (0.5 + chance / 2);
}

/** Tries until something comes, the attempts or the time are used up, or the fault is one that trying cannot mend. */
export async function attempt<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { clock, chance, timeoutSeconds, retries, signal }: AttemptOptions,
): Promise<Attempted<T>> {
  const timer = new AbortController();
  const ended = new AbortController();
  const both = AbortSignal.any([timer.signal, signal]);
  clock.sleep(timeoutSeconds * 1000, AbortSignal.any([ended.signal, signal])).then(
    () => timer.abort(new TimedOut()),
    () => {},
  );
  let attempts = 0;
  try {
    for (;;) {
      attempts += 1;
      try {
        const value = await untilAborted(work(both), both);
        return { attempts, value, fault: null };
      } catch (error) {
        signal.throwIfAborted();
        if (timer.signal.aborted) return { attempts, fault: timeoutText(durationText(timeoutSeconds)) };
        const fault = faultText(error);
        if (fault.isFinal || attempts > retries) return { attempts, fault };
        await clock.sleep(pauseBefore(attempts, chance()), both).catch(() => {});
        signal.throwIfAborted();
        // The fault that was seen says more than that the time ran out while waiting for another try.
        if (timer.signal.aborted) return { attempts, fault };
      }
    }
  } finally {
    ended.abort();
  }
}
