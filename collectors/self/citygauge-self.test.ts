import assert from 'node:assert/strict';
import { runJob } from '../runner/run/run-job.ts';
import { TestClock } from '../runner/test-clock.ts';
import { jobOf, portsWith, runOptions } from '../runner/test-jobs.ts';
import { citygaugeSelf } from './citygauge-self.ts';
import { observeOwnProcess } from './own-process.ts';

describe('the collector citygauge-self', () => {
  const job = jobOf(citygaugeSelf);

  it('yields what the process costs, under the names that it declares', async () => {
    const clock = new TestClock();
    const self = {
      instance: 'a7',
      read: () => ({
        residentBytes: 123_456_789,
        heapUsedBytes: 45_678_901,
        cpuSeconds: 12.5,
        uptimeSeconds: 345.25,
        eventLoopLag: { p50: 0.001, p99: 0.02, max: 0.3 },
      }),
    };
    const { readings } = await runJob(job, runOptions(clock, { ports: { ...portsWith(clock), self } }));
    assert.deepEqual(
      readings.map(({ metric, labels, value }) => [
        metric.replace('citygauge_process_', ''),
        labels.quantile,
        value,
      ]),
      [
        ['resident_memory_bytes', undefined, 123_456_789],
        ['heap_used_bytes', undefined, 45_678_901],
        ['cpu_seconds_total', undefined, 12.5],
        ['uptime_seconds', undefined, 345.25],
        ['event_loop_lag_seconds', '0.5', 0.001],
        ['event_loop_lag_seconds', '0.99', 0.02],
        ['event_loop_lag_seconds', '1', 0.3],
      ],
    );
  });

  it('fails where the process is not observed', async () => {
    const { outcome } = await runJob(job, runOptions(new TestClock()));
    assert.deepEqual([outcome.state, outcome.error?.en], ['failed', 'this process is not observed']);
  });

  it('sees an event loop that is held up', async () => {
    const self = observeOwnProcess();
    try {
      // The watch ticks every 20 ms and needs a tick before and one after what it is to see.
      self.read();
      await new Promise((resolve) => setTimeout(resolve, 60));
      const end = performance.now() + 120;
      while (performance.now() < end);
      await new Promise((resolve) => setTimeout(resolve, 60));
      const { eventLoopLag, residentBytes, heapUsedBytes } = self.read();
      assert.ok(eventLoopLag.max > 0.08, String(eventLoopLag.max));
      assert.ok(eventLoopLag.p50 <= eventLoopLag.max);
      assert.ok(residentBytes > heapUsedBytes);
    } finally {
      self.close();
    }
  });
});
