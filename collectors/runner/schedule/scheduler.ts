import type { ClockPort, Collected } from '../../contract.ts';
import type { JobRunner } from '../run/job-runner.ts';
import { nextCronTick } from './cadence.ts';
import type { Limit } from './limit.ts';

/** First runs are spread over this time at most, so that a start is neither a burst nor a long silence. */
const spreadSeconds = 30;
/** The clock is looked at this often at least. */
const longestWaitMilliseconds = 300_000;

export interface ScheduledJob {
  readonly runner: JobRunner;
  /** In which a cron expression is read. */
  readonly timeZone: string;
}

export interface SchedulerOptions {
  readonly jobs: readonly ScheduledJob[];
  readonly clock: ClockPort;
  /** A number in [0, 1). */
  chance(): number;
  readonly limit: Limit;
  /** Takes a finished run; must not reject. */
  deliver(collected: Collected): Promise<void>;
  /** How long running jobs may take to end when the scheduler stops. */
  readonly graceSeconds: number;
}

/** Runs every job at its times until stopped. A job never overlaps itself: what falls due meanwhile is missed and counted. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #stopping = new AbortController();
  readonly #nextAt = new Map<string, number>();
  #loops: Promise<unknown> = Promise.resolve();

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** ISO instant of a job's next run; null when it has none. */
  nextAt(job: string): string | null {
    const next = this.#nextAt.get(job);
    return next === undefined ? null : new Date(next).toISOString();
  }

  /** Begins what lasts between runs, then the runs themselves. */
  async start(): Promise<void> {
    await Promise.all(this.#options.jobs.map(({ runner }) => runner.begin()));
    this.#loops = Promise.all(this.#options.jobs.map((job) => this.#loop(job)));
  }

  async #loop(scheduled: ScheduledJob): Promise<void> {
    const { schedule } = scheduled.runner.job;
    const { signal } = this.#stopping;
    try {
      if ('cron' in schedule) await this.#byCron(scheduled, schedule.cron);
      else await this.#byInterval(scheduled.runner, schedule.everySeconds * 1000);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #byInterval(runner: JobRunner, every: number): Promise<void> {
    const { clock, chance } = this.#options;
    let due = clock.monotonic() + chance() * Math.min(every, spreadSeconds * 1000);
    for (;;) {
      this.#nextAt.set(runner.job.id, clock.now() + Math.max(0, due - clock.monotonic()));
      await this.#sleepUntil(due, clock.monotonic);
      await this.#run(runner);
      const missed = Math.max(0, Math.ceil((clock.monotonic() - due) / every) - 1);
      runner.missedRuns += missed;
      due += (missed + 1) * every;
    }
  }

  async #byCron({ runner, timeZone }: ScheduledJob, expression: string): Promise<void> {
    const { clock } = this.#options;
    let due = nextCronTick(expression, timeZone, clock.now());
    while (due !== null) {
      this.#nextAt.set(runner.job.id, due);
      await this.#sleepUntil(due, clock.now);
      await this.#run(runner);
      let next = nextCronTick(expression, timeZone, due);
      while (next !== null && next <= clock.now()) {
        runner.missedRuns += 1;
        next = nextCronTick(expression, timeZone, next);
      }
      due = next;
    }
    this.#nextAt.delete(runner.job.id);
  }

  /** In steps: the wall clock may be set meanwhile, and a timer holds no more than 24 days. */
  async #sleepUntil(due: number, read: () => number): Promise<void> {
    const { signal } = this.#stopping;
    signal.throwIfAborted();
    for (let left = due - read(); left > 0; left = due - read()) {
      await this.#options.clock.sleep(Math.min(left, longestWaitMilliseconds), signal);
    }
  }

  async #run(runner: JobRunner): Promise<void> {
    const { signal } = this.#stopping;
    await this.#options.limit(async () => {
      signal.throwIfAborted();
      await this.#options.deliver(await runner.run(signal));
    });
    signal.throwIfAborted();
  }

  /** Tells running jobs to end, waits for them no longer than the grace, then ends what lasted between runs. */
  async stop(): Promise<void> {
    const { clock, graceSeconds, jobs } = this.#options;
    this.#stopping.abort(new Error('the scheduler stops'));
    const waited = new AbortController();
    const grace = clock.sleep(graceSeconds * 1000, waited.signal).catch(() => {});
    const within = (work: Promise<unknown>) => Promise.race([work, grace]);
    await within(this.#loops);
    await within(Promise.allSettled(jobs.map(({ runner }) => runner.end())));
    waited.abort();
  }
}
