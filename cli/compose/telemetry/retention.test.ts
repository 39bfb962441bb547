import assert from 'node:assert/strict';
import { TestClock } from '../../../collectors/runner/test-clock.ts';
import { keepCompact } from './retention.ts';

const policy = { rawDays: 15, fiveMinuteDays: 90, hourDays: 800 };

/** A table whose step takes two seconds and which is done after so many steps; a step may fail. */
function slowTable(clock: TestClock, steps: number, failing = 0) {
  const at: number[] = [];
  const began = clock.now();
  const readings = {
    async compact() {
      at.push((clock.now() - began) / 1000);
      await clock.sleep(2000, new AbortController().signal);
      if (at.length === failing) throw new Error('the disk is full');
      return { removed: 1, isDone: at.length >= steps };
    },
  };
  return { at, readings };
}

describe('the rolling up of readings', () => {
  it('begins a minute after the start, rests thrice as long as each step took, and comes again in an hour', async () => {
    const clock = new TestClock();
    const stop = new AbortController();
    const { at, readings } = slowTable(clock, 3);
    const kept = keepCompact({ readings }, { policy, clock, signal: stop.signal, report: assert.fail });
    await clock.pass(59);
    assert.deepEqual(at, []);
    await clock.pass(60);
    assert.deepEqual(at, [60, 68, 76]);
    await clock.pass(3600);
    assert.deepEqual(at.slice(3), [3678]);
    stop.abort();
    await kept;
  });

  it('says why a step failed and tries again an hour later', async () => {
    const clock = new TestClock();
    const stop = new AbortController();
    const { at, readings } = slowTable(clock, 2, 1);
    const said: string[] = [];
    const kept = keepCompact(
      { readings },
      { policy, clock, signal: stop.signal, report: (line) => said.push(line) },
    );
    await clock.pass(120);
    assert.deepEqual([at, said], [[60], ['readings could not be compacted: the disk is full']]);
    await clock.pass(3600);
    assert.deepEqual(at, [60, 3662]);
    stop.abort();
    await kept;
  });
});
