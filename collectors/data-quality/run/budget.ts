import { type ClockPort, InputError, type SqlBounds } from '../../contract.ts';

/** The time that one source has for everything that is asked of it. */
export class Budget {
  readonly #clock: ClockPort;
  readonly #endsAt: number;
  readonly #seconds: number;
  readonly signal: AbortSignal;

  constructor(clock: ClockPort, seconds: number, signal: AbortSignal) {
    this.#clock = clock;
    this.#seconds = seconds;
    this.#endsAt = clock.monotonic() + seconds * 1000;
    this.signal = signal;
  }

  get isOver(): boolean {
    return this.signal.aborted || this.#clock.monotonic() >= this.#endsAt;
  }

  /** What is left; InputError when nothing is. */
  bounds(): Omit<SqlBounds, 'maxRows'> {
    const left = Math.ceil(this.#endsAt - this.#clock.monotonic());
    if (this.signal.aborted || left <= 0) {
      throw new InputError(`not done within ${this.#seconds} s, the timeout of the source`, {
        zh: `未在数据源的时限 ${this.#seconds} 秒内完成`,
      });
    }
    return { timeoutMilliseconds: left, signal: this.signal };
  }
}
