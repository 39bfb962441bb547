import type { ScannedAlarm, Severity } from '../../../contract.ts';
import type { AuthFailures } from './auth-failure.ts';

/** Under which the register keeps them. */
const authFailureSignature = 'auth-failure';

/**
 * Failed logins of one asset on one day. Below 10 they are slips: systems that limit them (GB/T 22239-2019, 8.1.4.1 b) lock
 * an account after about five. Hundreds are a person or a program that guesses, thousands a dictionary. Failures alone are
 * no break-in, so that none is critical.
 */
const severityByNumber: readonly (readonly [atLeast: number, severity: Severity])[] = [
  [1000, 'high'],
  [100, 'medium'],
  [10, 'low'],
  [1, 'info'],
];

interface Day {
  readonly asset: string;
  firstAt: number;
  lastAt: number;
  /** Program -> who reports -> number. */
  readonly programs: Map<string, Map<string, number>>;
}

/** Failed logins by asset and day (UTC). Several layers report the same failure: of each program the one that tells most counts. */
export class FailureTally {
  readonly #days = new Map<string, Day>();

  add(asset: string, at: number, { program, voice, count }: AuthFailures): void {
    const key = `${new Date(at).toISOString().slice(0, 10)} ${asset}`;
    const day = this.#days.get(key) ?? { asset, firstAt: at, lastAt: at, programs: new Map() };
    this.#days.set(key, day);
    day.firstAt = Math.min(day.firstAt, at);
    day.lastAt = Math.max(day.lastAt, at);
    const voices = day.programs.get(program) ?? new Map<string, number>();
    day.programs.set(program, voices);
    voices.set(voice, (voices.get(voice) ?? 0) + count);
  }

  get size(): number {
    return this.#days.size;
  }

  alarms(): readonly ScannedAlarm[] {
    return [...this.#days.values()].map(alarmOf);
  }
}

function alarmOf({ asset, firstAt, lastAt, programs }: Day): ScannedAlarm {
  const count = [...programs.values()].reduce((sum, voices) => sum + Math.max(...voices.values()), 0);
  return {
    signature: authFailureSignature,
    title: '认证失败 / Authentication failures',
    asset,
    severity: severityByNumber.find(([atLeast]) => count >= atLeast)?.[1] ?? 'info',
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    count,
  };
}
