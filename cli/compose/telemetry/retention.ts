import type { ClockPort } from '../../../collectors/contract.ts';
import type { EvidenceStore, RetentionPolicy } from '../../../store/contract.ts';

const hourMilliseconds = 3_600_000;

export interface RetentionOptions {
  readonly policy: RetentionPolicy;
  readonly clock: ClockPort;
  readonly signal: AbortSignal;
  report(line: string): void;
}

/** Rolls up and removes old readings every hour, step by step, until the signal; a step that fails is tried again an hour later. */
export async function keepCompact(
  { readings }: Pick<EvidenceStore, 'readings'>,
  { policy, clock, signal, report }: RetentionOptions,
): Promise<void> {
  while (!signal.aborted) {
    try {
      let isDone = false;
      while (!isDone && !signal.aborted) {
        ({ isDone } = await readings.compact(new Date(clock.now()).toISOString(), policy));
      }
    } catch (error) {
      report(`readings could not be compacted: ${(error as Error).message}`);
    }
    await clock.sleep(hourMilliseconds, signal).catch(() => {});
  }
}
