import type { ClockPort, Collected } from '../../../collectors/contract.ts';
import type { Threshold, ThresholdState } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { judgeAt } from './judge-now.ts';
import { levelRun } from './level-readings.ts';

export interface EvaluatorPorts {
  readonly clock: ClockPort;
  readonly signal: AbortSignal;
  /** Told of every threshold's lamps as numbers, after they are in the store. */
  deliver(run: Collected): Promise<void>;
  report(line: string): void;
}

type EvaluatedStore = Pick<EvidenceStore, 'metrics' | 'promql' | 'subjects' | 'thresholds' | 'readings'>;

/**
 * Judges each threshold at the multiples of its interval until the signal, going on from the states in the store; all of
 * them once at the start. An instant that passes while others are judged is left out.
 */
export class ThresholdEvaluator {
  readonly #store: EvaluatedStore;
  readonly #thresholds: readonly Threshold[];
  readonly #ports: EvaluatorPorts;
  #states = new Map<string, readonly ThresholdState[]>();

  constructor(store: EvaluatedStore, thresholds: readonly Threshold[], ports: EvaluatorPorts) {
    this.#store = store;
    this.#thresholds = thresholds;
    this.#ports = ports;
  }

  async run(): Promise<void> {
    const { clock, signal } = this.#ports;
    await this.#attempt('standings with thresholds could not be read', () => this.#takeUp());
    await this.#judgeAll(this.#thresholds, clock.now());
    while (!signal.aborted && this.#thresholds.length > 0) {
      const now = clock.now();
      const due = Math.min(...this.#thresholds.map((each) => nextInstant(each, now)));
      await clock.sleep(due - now, signal).catch(() => {});
      if (!signal.aborted) {
        const those = this.#thresholds.filter((each) => nextInstant(each, now) === due);
        await this.#judgeAll(those, due);
      }
    }
  }

  /** Standings of thresholds that the file no longer has are given up; their history stays. */
  async #takeUp(): Promise<void> {
    const saved = await this.#store.thresholds.current(null);
    this.#states = Map.groupBy(saved, ({ threshold }) => threshold);
    const known = new Set(this.#thresholds.map(({ id }) => id));
    const gone = [...this.#states.keys()].filter((id) => !known.has(id));
    if (gone.length > 0) await this.#store.thresholds.save(gone, []);
  }

  async #judgeAll(thresholds: readonly Threshold[], instant: number): Promise<void> {
    const at = new Date(instant).toISOString();
    for (const threshold of thresholds) {
      if (this.#ports.signal.aborted) return;
      await this.#attempt(`threshold ${threshold.id} could not be judged`, () => this.#judge(threshold, at));
    }
  }

  async #judge(threshold: Threshold, at: string): Promise<void> {
    const store = this.#store;
    const previous = this.#states.get(threshold.id) ?? [];
    const subjects = await store.subjects.list();
    const states = await judgeAt(store, threshold, { at, previous, subjects });
    await store.thresholds.save([threshold.id], states);
    this.#states.set(threshold.id, states);
    const run = levelRun(threshold, states, at);
    await store.readings.put(run.readings);
    await this.#ports.deliver(run);
  }

  async #attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#ports.report(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The first multiple of the interval after an instant, milliseconds. */
function nextInstant({ everySeconds }: Threshold, now: number): number {
  const every = everySeconds * 1000;
  return (Math.floor(now / every) + 1) * every;
}
