import type { Collected, CollectorPorts, Sink } from '../../../collectors/contract.ts';
import type { Sample } from '../../../collectors/output.ts';
import {
  deliver,
  JobRunner,
  type Limit,
  limitOf,
  type Redactor,
  type ScheduledJob,
  Scheduler,
  type TelemetrySettings,
} from '../../../collectors/runner.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { Refusals } from './refusals.ts';

export interface RuntimeOptions {
  readonly store: EvidenceStore;
  readonly settings: TelemetrySettings;
  /** Null = the built-in jobs. */
  readonly settingsFile: string | null;
  readonly ports: CollectorPorts;
  readonly redactor: Redactor;
  readonly sinks: readonly Sink[];
  /** Where it is kept that a sink did not take a run. */
  readonly refusals: Refusals;
  /** A number in [0, 1). */
  chance(): number;
  /** Stands around every run of every job. */
  around?: ConstructorParameters<typeof JobRunner>[1]['around'];
  /** One line for whoever runs the program; secrets are out of it already. */
  report(line: string): void;
}

/** How long a stop waits for runs that do not heed their signal; a service manager gives ten seconds as a rule. */
const graceSeconds = 2;
const dayOfSeconds = 86_400;

/** The jobs of one settings file over the store: run on their schedule, or once by name. */
export class TelemetryRuntime {
  readonly options: RuntimeOptions;
  readonly jobs: readonly ScheduledJob[];
  readonly #scheduler: Scheduler;
  /** Shared by scheduled runs and those asked for by name. */
  readonly limit: Limit;

  private constructor(options: RuntimeOptions, jobs: readonly ScheduledJob[]) {
    this.options = options;
    this.jobs = jobs;
    this.limit = limitOf(options.settings.concurrency);
    this.#scheduler = new Scheduler({
      jobs,
      clock: options.ports.clock,
      chance: options.chance,
      limit: this.limit,
      deliver: async (collected) => {
        await this.deliver(collected);
      },
      graceSeconds,
    });
  }

  static async open(options: RuntimeOptions): Promise<TelemetryRuntime> {
    const { store, settings } = options;
    const zones = new Map((await store.subjects.list()).map(({ id, timeZone }) => [id, timeZone]));
    const successes = new Map(
      (await store.runs.latest()).map(({ outcome, lastSuccessAt }) => [outcome.job, lastSuccessAt]),
    );
    const jobs = settings.jobs.map((job): ScheduledJob => {
      const runner = new JobRunner(job, {
        ports: options.ports,
        redactor: options.redactor,
        chance: options.chance,
        oldestSeconds: oldestSecondsOf(settings),
        lastSuccessAt: successes.get(job.id) ?? null,
        ...(options.around && { around: options.around }),
      });
      return { runner, timeZone: zones.get(job.subject) ?? 'UTC' };
    });
    return new TelemetryRuntime(options, jobs);
  }

  /** Hands a run to all sinks, or to those named; names those that failed. */
  async deliver(
    collected: Collected,
    sinks: readonly Sink[] = this.options.sinks,
  ): Promise<readonly string[]> {
    const { redactor, refusals, report } = this.options;
    const { job } = collected.outcome;
    const failed = await deliver(collected, sinks, (sink, error) => {
      const what = redactor.redact(error instanceof Error ? error.message : String(error));
      refusals.refuse({ job, output: sink, fault: what });
      report(`job ${job}: ${sink} did not take the run: ${what}`);
    });
    for (const { name } of sinks) {
      if (!failed.includes(name)) refusals.accept(job, name);
    }
    return failed;
  }

  nextAt(job: string): string | null {
    return this.#scheduler.nextAt(job);
  }

  /** When each scheduled job is due, as series for /metrics; one that was due in the past has not begun or not ended. */
  dueSeries(): Sample[] {
    return this.jobs.flatMap(({ runner: { job } }) => {
      const due = this.nextAt(job.id);
      if (due === null) return [];
      const metric = 'citygauge_collector_next_run_timestamp_seconds';
      const labels = { ...job.labels, job: job.id, subject: job.subject };
      return [{ metric, labels, value: Date.parse(due) / 1000 }];
    });
  }

  start(): Promise<void> {
    return this.#scheduler.start();
  }

  stop(): Promise<void> {
    return this.#scheduler.stop();
  }
}

/** Readings older than the longest retention would be removed at once. */
function oldestSecondsOf({ retention }: TelemetrySettings): number {
  const { rawDays, fiveMinuteDays, hourDays } = retention;
  return Math.max(rawDays, fiveMinuteDays, hourDays) * dayOfSeconds;
}
