import assert from 'node:assert/strict';
import type { Collected, CollectorRun, CollectorYield } from '../../contract.ts';
import { JobRunner } from '../run/job-runner.ts';
import type { Job } from '../settings/telemetry-yaml.ts';
import { TestClock } from '../test-clock.ts';
import { collectorOf, jobOf, reading, runOptions } from '../test-jobs.ts';
import { limitOf } from './limit.ts';
import { Scheduler } from './scheduler.ts';

const began = Date.parse('2026-03-01T00:00:00.000Z');

/** A scheduler over a clock that stands, with the seconds at which its runs ended. */
function schedulerOf(
  jobs: readonly Job[],
  more: { concurrency?: number; chance?: number; timeZone?: string } = {},
) {
  const clock = new TestClock();
  const delivered: (readonly [string, number, Collected])[] = [];
  const runners = jobs.map((job) => new JobRunner(job, { ...runOptions(clock), lastSuccessAt: null }));
  const scheduler = new Scheduler({
    jobs: runners.map((runner) => ({ runner, timeZone: more.timeZone ?? 'Asia/Shanghai' })),
    clock,
    chance: () => more.chance ?? 0,
    limit: limitOf(more.concurrency ?? 8),
    deliver: async (collected) => {
      delivered.push([collected.outcome.job, (clock.now() - began) / 1000, collected]);
    },
    graceSeconds: 3,
  });
  const times = (id: string) => delivered.filter(([job]) => job === id).map(([, at]) => at);
  return { clock, scheduler, runners, delivered, times };
}

const atOnce = async (): Promise<CollectorYield> => ({ readings: [] });

/** A collector that takes so many seconds, or less when it is told to end. */
const taking = (clock: () => TestClock, seconds: number) => async (run: CollectorRun<unknown>) => {
  await clock().sleep(seconds * 1000, run.signal);
  return { readings: [] };
};

describe('the scheduler', () => {
  it('spreads first runs over half a minute at most and keeps the distance from then on', async () => {
    const seldom = jobOf(collectorOf(atOnce), { id: 'seldom', schedule: { everySeconds: 3600 } });
    const often = jobOf(collectorOf(atOnce), { id: 'often', schedule: { everySeconds: 10 } });
    const { clock, scheduler, times } = schedulerOf([seldom, often], { chance: 0.4 });
    await scheduler.start();
    await clock.settle();
    assert.equal(scheduler.nextAt('seldom'), '2026-03-01T00:00:12.000Z');
    await clock.pass(40);
    assert.deepEqual(times('often'), [4, 14, 24, 34]);
    assert.deepEqual(times('seldom'), [12]);
    assert.equal(scheduler.nextAt('seldom'), '2026-03-01T01:00:12.000Z');
    await scheduler.stop();
  });

  it('never lets a job overlap itself, and counts what fell due meanwhile', async () => {
    const set: ReturnType<typeof schedulerOf> = schedulerOf([
      jobOf(collectorOf(taking(() => set.clock, 25)), { schedule: { everySeconds: 10 }, timeoutSeconds: 60 }),
    ]);
    await set.scheduler.start();
    await set.clock.pass(90);
    assert.deepEqual(set.times('tides'), [25, 55, 85]);
    assert.equal(set.runners[0]?.missedRuns, 6);
    const [, , last] = set.delivered.at(-1) ?? [];
    const missed = last?.readings.find(({ metric }) => metric === 'citygauge_collector_missed_runs_total');
    assert.equal(missed?.value, 4);
    await set.scheduler.stop();
  });

  it('runs no more jobs at a time than it was told', async () => {
    let running = 0;
    let most = 0;
    const set: ReturnType<typeof schedulerOf> = schedulerOf(
      Array.from({ length: 7 }, (_, index) =>
        jobOf(
          collectorOf(async (run) => {
            running += 1;
            most = Math.max(most, running);
            await set.clock.sleep(2000, run.signal);
            running -= 1;
            return { readings: [] };
          }),
          { id: `job-${index}` },
        ),
      ),
      { concurrency: 3 },
    );
    await set.scheduler.start();
    await set.clock.pass(6);
    assert.deepEqual([most, set.delivered.length], [3, 7]);
    await set.scheduler.stop();
  });

  it('reads a cron expression in the zone of the subject, also where the clocks change', async () => {
    const job = jobOf(collectorOf(atOnce), { schedule: { cron: '30 9 * * *' } });
    const { clock, scheduler, times } = schedulerOf([job]);
    await scheduler.start();
    await clock.settle();
    assert.equal(scheduler.nextAt('tides'), '2026-03-01T01:30:00.000Z');
    await clock.pass(2 * 86_400);
    assert.deepEqual(times('tides'), [5400, 91_800]);
    await scheduler.stop();
    const other = schedulerOf([job], { timeZone: 'America/New_York' });
    await other.scheduler.start();
    await other.clock.pass(8 * 86_400);
    const hours = other.times('tides').map((at) => new Date(began + at * 1000).toISOString().slice(8, 16));
    assert.deepEqual(hours.slice(-3), ['06T14:30', '07T14:30', '08T13:30']);
    await other.scheduler.stop();
  });

  it('keeps the other jobs going when one fails and one hangs', async () => {
    const good = jobOf(
      collectorOf(async () => ({ readings: [reading(3)] })),
      { id: 'good' },
    );
    const broken = jobOf(
      collectorOf(async () => {
        throw new TypeError('x is undefined');
      }),
      { id: 'broken' },
    );
    const hanging = jobOf(
      collectorOf(() => new Promise<CollectorYield>(() => {})),
      { id: 'hanging' },
    );
    const { clock, scheduler, delivered } = schedulerOf([broken, good, hanging]);
    await scheduler.start();
    await clock.pass(119);
    const states = (id: string) =>
      delivered.filter(([job]) => job === id).map(([, at, { outcome }]) => [at, outcome.state]);
    assert.deepEqual(states('good'), [
      [0, 'succeeded'],
      [60, 'succeeded'],
    ]);
    assert.deepEqual(states('broken'), [
      [0, 'failed'],
      [60, 'failed'],
    ]);
    assert.deepEqual(states('hanging'), [
      [10, 'failed'],
      [70, 'failed'],
    ]);
    const [, , failed] = delivered.find(([job]) => job === 'broken') ?? [];
    assert.equal(failed?.outcome.error?.en, 'an internal fault of the collector: x is undefined');
    assert.deepEqual(
      failed?.readings.map(({ metric, value }) => [metric, value]),
      [
        ['citygauge_collector_up', 0],
        ['citygauge_collector_duration_seconds', 0],
        ['citygauge_collector_samples', 0],
        ['citygauge_collector_missed_runs_total', 0],
      ],
    );
    await scheduler.stop();
  });

  it('stops: tells running jobs, delivers nothing more, and ends what lasted between runs', async () => {
    const told: string[] = [];
    const lasting = collectorOf(
      async ({ signal, state }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        told.push(`signal ${state}`);
        return { readings: [] };
      },
      {
        start: async () => 'open',
        stop: async (state) => {
          told.push(`stop ${state}`);
        },
      },
    );
    const { clock, scheduler, delivered } = schedulerOf([jobOf(lasting)]);
    await scheduler.start();
    await clock.pass(1);
    await scheduler.stop();
    await clock.settle();
    assert.deepEqual([told, delivered.length], [['signal open', 'stop open'], 0]);
  });

  it('says in the next run that a collector could not begin, and begins it then', async () => {
    let tries = 0;
    const late = collectorOf(async ({ state }) => ({ readings: [reading(Number(state))] }), {
      start: async () => {
        tries += 1;
        if (tries < 3) throw new Error('port 4318 is taken');
        return 8;
      },
    });
    const { clock, scheduler, delivered } = schedulerOf([jobOf(late)]);
    await scheduler.start();
    await clock.pass(61);
    assert.deepEqual(
      delivered.map(([, at, { outcome }]) => [at, outcome.state]),
      [
        [0, 'failed'],
        [60, 'succeeded'],
      ],
    );
    assert.match(delivered[0]?.[2].outcome.error?.zh ?? '', /port 4318 is taken/);
    await scheduler.stop();
  });
});
