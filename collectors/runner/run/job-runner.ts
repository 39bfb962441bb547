import type { Collected, CollectorOutcome, DropReason } from '../../contract.ts';
import { limitOf } from '../schedule/limit.ts';
import type { Job } from '../settings/telemetry-yaml.ts';
import { faultText } from './fault-text.ts';
import { withRedaction } from './redaction.ts';
import { failedRun, type RunOptions, runJob } from './run-job.ts';
import { runReadings } from './self-metrics.ts';

export type JobRunnerOptions = Omit<RunOptions, 'state' | 'signal'> & {
  /** From the runs kept before this program began; null = never succeeded. */
  readonly lastSuccessAt: string | null;
  /** Stands around every run: a trace, a log line. */
  around?(job: Job, work: () => Promise<Collected>): Promise<Collected>;
};

/** One job over its life: what its collector began, and what is remembered from run to run. */
export class JobRunner {
  readonly job: Job;
  readonly #options: JobRunnerOptions;
  #state: { readonly value: unknown } | null = null;
  #dropped: Readonly<Partial<Record<DropReason, number>>> = {};
  #lastSuccessAt: string | null;
  readonly #oneAtATime = limitOf(1);
  missedRuns = 0;
  isRunning = false;

  constructor(job: Job, options: JobRunnerOptions) {
    this.job = job;
    this.#options = { ...options, ports: withRedaction(options.ports, options.redactor) };
    this.#lastSuccessAt = options.lastSuccessAt;
  }

  /** Begins what lasts between runs; a collector that cannot begin says so in its next run, which tries again. */
  async begin(): Promise<void> {
    await this.#begun().catch(() => {});
  }

  async #begun(): Promise<unknown> {
    const { collector, settings } = this.job;
    if (!collector.start) return undefined;
    this.#state ??= { value: await collector.start(settings, this.#options.ports) };
    return this.#state.value;
  }

  /**
   * One run with the readings about it; waits for a run that is going on. Rejects with the signal's reason when the program
   * stops meanwhile.
   */
  run(signal: AbortSignal): Promise<Collected> {
    const work = () => this.#run(signal);
    return this.#oneAtATime(() => this.#options.around?.(this.job, work) ?? work());
  }

  async #run(signal: AbortSignal): Promise<Collected> {
    signal.throwIfAborted();
    this.isRunning = true;
    try {
      const collected = await this.#runOnce(signal);
      this.#remember(collected.outcome);
      const memory = {
        lastSuccessAt: this.#lastSuccessAt,
        dropped: this.#dropped,
        missedRuns: this.missedRuns,
      };
      const about = runReadings(collected.outcome, memory, this.job.labels);
      return { ...collected, readings: [...collected.readings, ...about] };
    } finally {
      this.isRunning = false;
    }
  }

  async #runOnce(signal: AbortSignal): Promise<Collected> {
    const { clock } = this.#options.ports;
    const startedAt = new Date(clock.now()).toISOString();
    try {
      const state = await this.#begun();
      return await runJob(this.job, { ...this.#options, state, signal });
    } catch (error) {
      signal.throwIfAborted();
      const frame = { job: this.job, startedAt, durationSeconds: 0, attempts: 1 };
      return failedRun(frame, faultText(error), this.#options.redactor);
    }
  }

  #remember({ state, startedAt, dropped }: CollectorOutcome): void {
    if (state !== 'failed') this.#lastSuccessAt = startedAt;
    const sum = { ...this.#dropped };
    for (const [reason, count] of Object.entries(dropped) as [DropReason, number][]) {
      sum[reason] = (sum[reason] ?? 0) + count;
    }
    this.#dropped = sum;
  }

  /** Ends what `begin` began. */
  async end(): Promise<void> {
    const state = this.#state;
    this.#state = null;
    if (state) await this.job.collector.stop?.(state.value);
  }
}
