import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { SelfPort } from '../contract.ts';

const resolutionMilliseconds = 20;

/** Watches this process, under the instance that it serves as; `close` ends the watch. */
export function observeOwnProcess(instance: string = randomUUID()): SelfPort & { close(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMilliseconds });
  delay.enable();
  // The monitor measures from one of its ticks to the next: what goes beyond its resolution is the lag.
  const lag = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMilliseconds / 1000);
  return {
    instance,
    read: () => {
      const { rss, heapUsed } = process.memoryUsage();
      const { user, system } = process.cpuUsage();
      const isEmpty = delay.count === 0;
      const eventLoopLag = {
        p50: isEmpty ? 0 : lag(delay.percentile(50)),
        p99: isEmpty ? 0 : lag(delay.percentile(99)),
        max: isEmpty ? 0 : lag(delay.max),
      };
      delay.reset();
      return {
        residentBytes: rss,
        heapUsedBytes: heapUsed,
        cpuSeconds: (user + system) / 1e6,
        uptimeSeconds: process.uptime(),
        eventLoopLag,
      };
    },
    close: () => {
      delay.disable();
    },
  };
}
