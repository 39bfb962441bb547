import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Collected } from '../../../collectors/contract.ts';
import { TestClock } from '../../../collectors/runner/test-clock.ts';
import { readThresholds } from '../../../rules/thresholds.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { openStore } from '../../../store/open-store.ts';
import { subject } from '../../../store/test-suites/fixtures.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { ThresholdEvaluator } from './evaluator.ts';

const text = `
schema: citygauge/thresholds@1
thresholds:
  - id: disk
    title: Disk
    subject: hexi
    metric: disk_used_ratio
    every: 1m
    for: 2m
    grades:
      - { colour: red, above: 0.95, for: 0s, role: city, plan: act }
      - { colour: yellow, above: 0.8, role: street, plan: look }
  - id: written
    title: Written
    promql: sum(up)
    every: 5m
    grades:
      - { colour: red, below: 2, role: city, plan: act }
      - { colour: blue, below: 3, role: city, plan: act }
`;
const thresholds = readThresholds([{ name: 'thresholds.yaml', text }]);
const start = '2026-03-01T08:00:30.000Z';

describe('the evaluator of thresholds', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let store: EvidenceStore;
  before(async () => {
    store = await openStore({ dataFolder: join(folder.path, 'data') });
    await store.subjects.put([subject('hexi', null), subject('hexi/east', 'hexi')]);
  });
  after(() => store.close());

  const disk = async (at: string, value: number, id = 'hexi/east') =>
    store.readings.put([
      { metric: 'disk_used_ratio', labels: { subject: id, job: 'nodes', disk: 'a' }, at, value },
    ]);
  const lamps = async () =>
    (await store.thresholds.current(null)).map(({ threshold, lamp, since, pending }) =>
      [threshold, lamp, since.slice(11, 19), pending?.colour ?? ''].join(' '),
    );

  /** Runs an evaluator over a clock; each step moves the clock on and waits until what was due has been judged. */
  const evaluating = (from: string, report: (line: string) => void = assert.fail) => {
    const clock = new TestClock(from);
    const stop = new AbortController();
    const runs: Collected[] = [];
    const judged = new Map<string, PromiseWithResolvers<void>>();
    const waitFor = (job: string) => {
      const waiting = Promise.withResolvers<void>();
      judged.set(job, waiting);
      return waiting.promise;
    };
    const deliver = async (run: Collected) => {
      runs.push(run);
      judged.get(run.outcome.job)?.resolve();
    };
    const evaluator = new ThresholdEvaluator(store, thresholds, {
      clock,
      signal: stop.signal,
      deliver,
      report,
    });
    const last = waitFor('citygauge-threshold/written/');
    const running = evaluator.run();
    return {
      runs,
      begun: last,
      async minute(seconds = 60) {
        const done = waitFor('citygauge-threshold/disk/hexi');
        await clock.pass(seconds);
        await done;
      },
      async stop() {
        stop.abort();
        await running;
      },
    };
  };

  it('judges at the start and at multiples of the interval, and tells the lamps as numbers', async () => {
    await disk('2026-03-01T08:00:10.000Z', 0.85);
    await disk('2026-03-01T08:00:10.000Z', 0.99, 'elsewhere');
    const { begun, minute, runs, stop } = evaluating(start);
    await begun;
    assert.deepEqual(await lamps(), ['written noData 08:00:30 ', 'disk green 08:00:30 yellow']);
    await minute(30);
    await minute();
    assert.deepEqual(await lamps(), ['written noData 08:00:30 ', 'disk green 08:00:30 yellow']);
    await minute();
    assert.deepEqual((await lamps())[0], 'disk yellow 08:03:00 ');
    await stop();
    const labels = { subject: 'hexi/east', disk: 'a', source_job: 'nodes', job: 'citygauge-threshold' };
    assert.deepEqual(
      runs.filter(({ outcome }) => outcome.job.includes('disk')).map(({ readings: [level] }) => level),
      [0, 0, 0, 1].map((value, index) => ({
        ...{ metric: 'citygauge_threshold_level', labels: { ...labels, threshold: 'disk' }, value },
        at: index === 0 ? start : `2026-03-01T08:0${index}:00.000Z`,
      })),
    );
    const kept = await store.readings.list('citygauge_threshold_level', start, '2026-03-02T00:00:00.000Z');
    assert.deepEqual(kept.map(({ labels: own, value }) => `${own.threshold} ${value}`).toSorted(), [
      'disk 0',
      'disk 0',
      'disk 0',
      'disk 1',
      'written -1',
    ]);
  });

  it('goes on after a restart from what the store holds', async () => {
    await disk('2026-03-01T08:04:00.000Z', 0.83);
    const { begun, stop } = evaluating('2026-03-01T08:04:20.000Z');
    await begun;
    await stop();
    assert.deepEqual((await lamps())[0], 'disk yellow 08:03:00 ');
    const [written] = (await store.thresholds.current(null)).filter(({ lamp }) => lamp === 'noData');
    assert.match(written?.reason?.en ?? '', /^this threshold is written in PromQL/);
  });

  it('turns to no data and never to calm when the samples stop', async () => {
    const { begun, minute, stop } = evaluating('2026-03-01T08:08:50.000Z');
    await begun;
    assert.deepEqual(await lamps(), ['disk yellow 08:03:00 ', 'written noData 08:00:30 ']);
    await minute();
    assert.deepEqual(await lamps(), ['disk yellow 08:03:00 ', 'written noData 08:00:30 ']);
    await minute();
    assert.deepEqual(await lamps(), ['disk noData 08:10:00 ', 'written noData 08:00:30 ']);
    await stop();
    const changes = await store.thresholds.history({ threshold: 'disk', limit: 9 });
    assert.deepEqual(
      changes.map(({ lamp }) => lamp),
      ['noData', 'yellow', 'green'],
    );
  });

  it('gives up the standings of thresholds that are no longer in the file, and says what fails', async () => {
    const said: string[] = [];
    const broken: EvidenceStore = {
      ...store,
      metrics: { ...store.metrics, newest: () => Promise.reject(new Error('the disk is full')) },
    };
    const stop = new AbortController();
    const deliver = async () => stop.abort();
    const evaluator = new ThresholdEvaluator(broken, thresholds.slice(0, 1), {
      clock: new TestClock('2026-03-01T08:20:00.000Z'),
      signal: stop.signal,
      deliver,
      report: (line) => {
        said.push(line);
        stop.abort();
      },
    });
    await evaluator.run();
    assert.deepEqual(said, ['threshold disk could not be judged: the disk is full']);
    assert.deepEqual(await lamps(), ['disk noData 08:10:00 ']);
  });
});
