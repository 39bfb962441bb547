import assert from 'node:assert/strict';
import { type CollectorYield, NetworkFault } from '../../contract.ts';
import { TestClock } from '../test-clock.ts';
import { collectorOf, jobOf, reading, runOptions } from '../test-jobs.ts';
import { JobRunner } from './job-runner.ts';

const signal = new AbortController().signal;

/** What the runner says about a run: the metric without its beginning -> its value. */
function sayings(readings: Awaited<ReturnType<JobRunner['run']>>['readings']) {
  const own = readings.filter(({ metric }) => metric.startsWith('citygauge_collector_'));
  return Object.fromEntries(
    own.map(({ metric, labels, value }) => [
      `${metric.slice('citygauge_collector_'.length)}${labels.reason ? ` ${labels.reason}` : ''}`,
      value,
    ]),
  );
}

describe('a job from run to run', () => {
  it('remembers its last success and what was dropped, also while it fails', async () => {
    const clock = new TestClock('2026-03-01T00:00:00.000Z');
    const results: (() => CollectorYield)[] = [
      () => ({ readings: [reading(2), reading(Number.NaN)] }),
      () => {
        throw new NetworkFault('connect', 'refused');
      },
      () => ({ readings: [reading(Number.NaN)], dropped: { limit: 3 } }),
    ];
    const job = jobOf(
      collectorOf(async () => (results.shift() ?? (() => ({ readings: [] })))()),
      { labels: { layer: 'sea' } },
    );
    const runner = new JobRunner(job, { ...runOptions(clock), lastSuccessAt: '2026-02-27T00:00:00.000Z' });
    const first = await runner.run(signal);
    assert.deepEqual(first.readings.at(-1)?.labels, { layer: 'sea', job: 'tides', subject: 'lin' });
    const firstAt = Date.parse('2026-03-01T00:00:00.000Z') / 1000;
    const whole = { duration_seconds: 0, missed_runs_total: 0 };
    assert.deepEqual(sayings(first.readings), {
      ...whole,
      up: 1,
      samples: 1,
      last_success_timestamp_seconds: firstAt,
      'dropped_samples_total notFinite': 1,
    });
    await clock.pass(60);
    assert.deepEqual(sayings((await runner.run(signal)).readings), {
      ...whole,
      up: 0,
      samples: 0,
      last_success_timestamp_seconds: firstAt,
      'dropped_samples_total notFinite': 1,
    });
    assert.deepEqual(sayings((await runner.run(signal)).readings), {
      ...whole,
      up: 1,
      samples: 0,
      last_success_timestamp_seconds: firstAt + 60,
      'dropped_samples_total notFinite': 2,
      'dropped_samples_total limit': 3,
    });
  });

  it('knows its last success from before the program began', async () => {
    const job = jobOf(
      collectorOf(async () => {
        throw new NetworkFault('resolve', 'no such name');
      }),
    );
    const runner = new JobRunner(job, {
      ...runOptions(new TestClock()),
      lastSuccessAt: '2026-02-27T00:00:00.000Z',
    });
    const { readings } = await runner.run(signal);
    assert.equal(
      sayings(readings).last_success_timestamp_seconds,
      Date.parse('2026-02-27T00:00:00.000Z') / 1000,
    );
  });

  it('waits with a run that is asked for while one is going on', async () => {
    const clock = new TestClock();
    const order: string[] = [];
    const job = jobOf(
      collectorOf(async (run) => {
        order.push('begins');
        await clock.sleep(3000, run.signal);
        order.push('ends');
        return { readings: [] };
      }),
    );
    const runner = new JobRunner(job, { ...runOptions(clock), lastSuccessAt: null });
    const both = Promise.all([runner.run(signal), runner.run(signal)]);
    await clock.pass(1);
    assert.equal(runner.isRunning, true);
    await clock.pass(6);
    await both;
    assert.deepEqual([order, runner.isRunning], [['begins', 'ends', 'begins', 'ends'], false]);
  });
});
