import type { CollectorOutcome, DropReason } from '../contract.ts';
import type { Sample } from './families.ts';

interface JobRecord {
  readonly outcome: CollectorOutcome;
  readonly lastSuccess: string | null;
  readonly dropped: ReadonlyMap<DropReason, number>;
}

/** Keeps what the runs of each job say about the job itself; these series stay when a run fails. */
export class RunSeries {
  readonly #jobs = new Map<string, JobRecord>();

  note(outcome: CollectorOutcome): void {
    const before = this.#jobs.get(outcome.job);
    const dropped = new Map(before?.dropped);
    for (const [reason, count] of Object.entries(outcome.dropped) as [DropReason, number][]) {
      dropped.set(reason, (dropped.get(reason) ?? 0) + count);
    }
    const lastSuccess = outcome.state === 'failed' ? (before?.lastSuccess ?? null) : outcome.startedAt;
    this.#jobs.set(outcome.job, { outcome, lastSuccess, dropped });
  }

  samples(): Sample[] {
    return [...this.#jobs.values()].flatMap(({ outcome, lastSuccess, dropped }) => {
      const labels = { job: outcome.job, subject: outcome.subject };
      const of = (name: string, value: number, more: Readonly<Record<string, string>> = {}): Sample => ({
        metric: `citygauge_collector_${name}`,
        labels: { ...labels, ...more },
        value,
      });
      return [
        of('up', outcome.state === 'failed' ? 0 : 1),
        of('duration_seconds', outcome.durationSeconds),
        of('samples', outcome.samples),
        ...(lastSuccess === null
          ? []
          : [of('last_success_timestamp_seconds', Date.parse(lastSuccess) / 1000)]),
        ...[...dropped].map(([reason, count]) => of('dropped_samples_total', count, { reason })),
      ];
    });
  }
}
