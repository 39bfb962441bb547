import type { ClockPort } from '../contract.ts';

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/** A clock that stands until it is moved; sleepers wake in the order of their times. */
export class TestClock implements ClockPort {
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(at = '2026-03-01T00:00:00.000Z') {
    this.#now = Date.parse(at);
  }

  now = () => this.#now;
  monotonic = () => this.#now;

  sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const sleeper: Sleeper = { until: this.#now + milliseconds, wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
          reject(signal.reason);
        },
        { once: true },
      );
    });

  /** Lets everything that is ready to go on do so. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Moves on by so many seconds, stopping at every waking time on the way. */
  async pass(seconds: number): Promise<void> {
    const end = this.#now + seconds * 1000;
    await this.settle();
    for (;;) {
      const next = this.#sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (!next || next.until > end) break;
      this.#sleepers = this.#sleepers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.until);
      next.wake();
      await this.settle();
    }
    this.#now = end;
  }
}
