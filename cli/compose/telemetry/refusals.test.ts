import assert from 'node:assert/strict';
import type { Collected } from '../../../collectors/contract.ts';
import { createMetricsRegistry } from '../../../collectors/output.ts';
import { runJob } from '../../../collectors/runner/run/run-job.ts';
import { TestClock } from '../../../collectors/runner/test-clock.ts';
import { collectorOf, jobOf, reading, runOptions } from '../../../collectors/runner/test-jobs.ts';
import { metricCatalogue, Redactor } from '../../../collectors/runner.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { OpenedRuntime } from './open-runtime.ts';
import { Refusals } from './refusals.ts';
import { TelemetryRuntime } from './runtime.ts';
import { findSettings } from './settings.ts';
import { telemetryState } from './state.ts';

describe('a run that an output does not take', () => {
  const store = {
    subjects: { list: async () => [] },
    runs: { latest: async () => [] },
    readings: {
      describe: async () => ({ series: 3, rawSamples: 7, buckets: 2, oldest: null, newest: null }),
    },
    metrics: { describe: async () => ({ kind: 'embedded' }) },
  } as unknown as EvidenceStore;
  let isFull: boolean;
  let runtime: TelemetryRuntime;
  let reported: string[];
  const refusals = new Refusals();
  const registry = createMetricsRegistry({
    catalogue: metricCatalogue(),
    own: () => refusals.series(),
    isWithoutProcess: true,
  });

  before(async () => {
    reported = [];
    const jobs = ['lamps', 'lifts'].map((id) => ({
      ...jobOf(collectorOf(async () => ({ readings: [reading(6.5)] }))),
      id,
    }));
    const context = {
      dataFolder: '/nowhere',
      surroundings: { environment: {} },
    } as unknown as Parameters<typeof findSettings>[0];
    const { settings } = await findSettings(context, undefined);
    const { ports } = runOptions(new TestClock());
    runtime = await TelemetryRuntime.open({
      store,
      settings: { ...settings, jobs },
      settingsFile: null,
      ports,
      redactor: new Redactor(),
      sinks: [
        registry.sink,
        {
          name: 'store',
          accept: async () => {
            if (isFull) throw new Error('the disk is full');
          },
        },
      ],
      refusals,
      chance: () => 0,
      report: (line) => reported.push(line),
    });
  });

  async function run(id: string): Promise<Collected> {
    const scheduled = runtime.jobs.find(({ runner }) => runner.job.id === id);
    assert.ok(scheduled);
    const collected = await runJob(scheduled.runner.job, runOptions(new TestClock()));
    await runtime.deliver(collected);
    return collected;
  }

  async function stateNow() {
    const opened = { runtime, outputs: { remoteWrites: [] } } as unknown as OpenedRuntime;
    const { jobs, outputs } = await telemetryState(store, opened);
    return {
      store: outputs.find(({ name }) => name === 'store'),
      refused: jobs.flatMap(({ id, refusals: own }) => own.map(({ reason }) => `${id}: ${reason.en}`)),
    };
  }

  async function counts(): Promise<string[]> {
    const { body } = await registry.page(undefined);
    return body.split('\n').filter((line) => line.startsWith('citygauge_output_refused_runs_total'));
  }

  it('is seen at its job and at the output until the output takes the next run of that very job', async () => {
    isFull = true;
    await run('lamps');
    await run('lamps');
    isFull = false;
    await run('lifts');
    const broken = await stateNow();
    assert.deepEqual(broken.refused, ['lamps: Evidence store could not keep the last run: the disk is full']);
    assert.deepEqual(
      [broken.store?.state, broken.store?.detail.en],
      [
        'broken',
        '3 series, 7 samples as they came, 2 buckets; the last run of lamps could not be kept: the disk is full',
      ],
    );
    await run('lamps');
    const mended = await stateNow();
    assert.deepEqual([mended.refused, mended.store?.state], [[], 'good']);
    assert.equal(reported.length, 2);
  });

  it('stays counted on the metrics page, by output and job', async () => {
    assert.deepEqual(await counts(), ['citygauge_output_refused_runs_total{output="store",job="lamps"} 2']);
  });
});
