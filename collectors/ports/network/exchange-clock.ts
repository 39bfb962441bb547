import type { NetworkFault, Phases, TlsSession } from '../../contract.ts';
import { aborted, fromError, timedOut } from './network-faults.ts';

type PhaseName = keyof Phases;

interface Destroyable {
  destroy(error: Error): unknown;
}

/** Times the phases of one exchange and ends it, wherever it stands, at its timeout or when its signal is aborted. */
export class ExchangeClock {
  /** Shown in messages; a redirect changes it. */
  address: string;
  session: TlsSession | null = null;
  readonly #timeoutMilliseconds: number;
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort: () => void;
  #phases: Partial<Record<PhaseName, number>> = {};
  #phase: PhaseName = 'resolve';
  #phaseBegan = performance.now();
  #held: Destroyable | null = null;
  #fault: NetworkFault | null = null;

  constructor(address: string, timeoutMilliseconds: number, signal: AbortSignal) {
    this.address = address;
    this.#timeoutMilliseconds = timeoutMilliseconds;
    this.#signal = signal;
    this.#onAbort = () => this.#end(aborted(this));
    this.#timer = setTimeout(
      () => this.#end(timedOut(timeoutMilliseconds / 1000, this.#phase, this)),
      timeoutMilliseconds,
    );
    signal.addEventListener('abort', this.#onAbort);
    if (signal.aborted) this.#onAbort();
  }

  get phases(): Phases {
    return this.#phases;
  }

  get tls(): TlsSession | null {
    return this.session;
  }

  get timeoutSeconds(): number {
    return this.#timeoutMilliseconds / 1000;
  }

  /** A further exchange (after a redirect) within the same time. */
  restart(address: string): void {
    this.address = address;
    this.session = null;
    this.#phases = {};
    this.begin('resolve');
  }

  begin(phase: PhaseName): void {
    this.#phase = phase;
    this.#phaseBegan = performance.now();
  }

  /** Closes the running phase and opens the next, if any. */
  finish(next?: PhaseName): void {
    const now = performance.now();
    this.#phases[this.#phase] = (now - this.#phaseBegan) / 1000;
    if (next) this.#phase = next;
    this.#phaseBegan = now;
  }

  /** What is destroyed when the time is up, at once when it is up already. */
  hold(held: Destroyable): void {
    this.#held = held;
    if (this.#fault) held.destroy(this.#fault);
  }

  /** The fault that an error of the running phase amounts to. */
  faultOf(error: Error): NetworkFault {
    return this.#fault ?? fromError(error, this.#phase, this);
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#held = null;
  }

  #end(fault: NetworkFault): void {
    this.#fault ??= fault;
    this.#held?.destroy(this.#fault);
  }
}
