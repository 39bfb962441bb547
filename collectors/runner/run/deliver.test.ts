import assert from 'node:assert/strict';
import type { Collected } from '../../contract.ts';
import { TestClock } from '../test-clock.ts';
import { collectorOf, jobOf, reading, runOptions } from '../test-jobs.ts';
import { deliver } from './deliver.ts';
import { runJob } from './run-job.ts';

describe('a finished run', () => {
  it('goes to every sink, also past one that fails, which is named with its error', async () => {
    const job = jobOf(collectorOf(async () => ({ readings: [reading(6.5)] })));
    const collected = await runJob(job, runOptions(new TestClock()));
    const taken: [string, Collected][] = [];
    const sinkOf = (name: string) => ({
      name,
      accept: async (each: Collected) => {
        if (name === 'full') throw new Error('the disk is full');
        taken.push([name, each]);
      },
    });
    const reported: string[] = [];
    const failed = await deliver(collected, ['first', 'full', 'last'].map(sinkOf), (sink, error) => {
      reported.push(`${sink}: ${(error as Error).message}`);
    });
    assert.deepEqual(taken, [
      ['first', collected],
      ['last', collected],
    ]);
    assert.deepEqual([failed, reported], [['full'], ['full: the disk is full']]);
  });
});
