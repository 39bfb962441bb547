import { setTimeout as wait } from 'node:timers/promises';
import type { ClockPort } from '../contract.ts';

export const systemClock: ClockPort = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
};
