import type { ClockPort } from '../../../collectors/contract.ts';
import type { EvidenceStore, RetentionPolicy } from '../../../store/contract.ts';

/** When readings are rolled up: never while the program starts, and never so that pages wait for it. */
const rhythm = {
  /** The first pages after a start come before the first step. */
  firstMilliseconds: 60_000,
  everyMilliseconds: 3_600_000,
  /** After each step the store is left to others for so many times as long as the step took. */
  restPerStep: 3,
} as const;

export interface RetentionOptions {
  readonly policy: RetentionPolicy;
  readonly clock: ClockPort;
  readonly signal: AbortSignal;
  report(line: string): void;
}

/** Rolls up and removes old readings every hour, step by step, until the signal; a step that fails is tried again an hour later. */
export async function keepCompact(
  { readings }: { readonly readings: Pick<EvidenceStore['readings'], 'compact'> },
  { policy, clock, signal, report }: RetentionOptions,
): Promise<void> {
  const rest = (milliseconds: number) => clock.sleep(milliseconds, signal).catch(() => {});
  await rest(rhythm.firstMilliseconds);
  while (!signal.aborted) {
    try {
      let isDone = false;
      while (!isDone && !signal.aborted) {
        const began = clock.monotonic();
        ({ isDone } = await readings.compact(new Date(clock.now()).toISOString(), policy));
        if (!isDone) await rest(rhythm.restPerStep * (clock.monotonic() - began));
      }
    } catch (error) {
      report(`readings could not be compacted: ${(error as Error).message}`);
    }
    await rest(rhythm.everyMilliseconds);
  }
}
