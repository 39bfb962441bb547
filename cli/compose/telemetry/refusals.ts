import type { Sample } from '../../../collectors/output.ts';

/** A run that an output did not take. */
export interface RefusedRun {
  readonly job: string;
  readonly output: string;
  /** What the output said; secrets are out of it already. */
  readonly fault: string;
}

/** Runs that outputs did not take: each stands until the output takes the job's next one, and all are counted. */
export class Refusals {
  readonly #standing = new Map<string, RefusedRun>();
  readonly #counts = new Map<string, { readonly job: string; readonly output: string; count: number }>();

  refuse(run: RefusedRun): void {
    const { job, output } = run;
    const key = keyOf(job, output);
    // The newest comes last.
    this.#standing.delete(key);
    this.#standing.set(key, run);
    const before = this.#counts.get(key)?.count ?? 0;
    this.#counts.set(key, { job, output, count: before + 1 });
  }

  accept(job: string, output: string): void {
    this.#standing.delete(keyOf(job, output));
  }

  /** Those that stand, the newest last. */
  list(): readonly RefusedRun[] {
    return [...this.#standing.values()];
  }

  /** As series for /metrics; a job whose runs were all taken has none. */
  series(): Sample[] {
    return [...this.#counts.values()].map(({ job, output, count }) => ({
      metric: 'citygauge_output_refused_runs_total',
      labels: { output, job },
      value: count,
    }));
  }
}

function keyOf(job: string, output: string): string {
  return `${job}\n${output}`;
}
