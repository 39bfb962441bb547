import assert from 'node:assert/strict';
import {
  type CheckResult,
  CollectorFault,
  type CollectorYield,
  NetworkFault,
  type QualityRun,
} from '../../contract.ts';
import { TestClock } from '../test-clock.ts';
import { collectorOf, jobOf, portsWith, reading, runOptions } from '../test-jobs.ts';
import { JobRunner } from './job-runner.ts';
import { Redactor } from './redaction.ts';
import { runJob } from './run-job.ts';

const never = () => new Promise<CollectorYield>(() => {});

describe('a run of a job', () => {
  it('stamps what it brings with job, subject and the job’s labels, and moves aside what collides', async () => {
    const clock = new TestClock();
    const collector = collectorOf(
      async () => ({
        readings: [reading(4.2, { labels: { station: 'east', job: 'own', layer: '' } })],
      }),
      { isOpen: true },
    );
    const job = jobOf(collector, { labels: { layer: 'coast', station: 'all' } });
    const { outcome, readings } = await runJob(job, runOptions(clock));
    assert.deepEqual(readings[0]?.labels, {
      layer: 'coast',
      station: 'all',
      job: 'tides',
      subject: 'lin',
      exported_station: 'east',
      exported_job: 'own',
    });
    assert.deepEqual(
      [outcome.state, outcome.samples, outcome.series, outcome.attempts, outcome.error],
      ['succeeded', 1, 1, 1, null],
    );
  });

  it('leaves a reading to the subject that its metric declares to name', async () => {
    const collector = collectorOf(async () => ({
      readings: [reading(4.2, { labels: { subject: 'lin/east' } })],
    }));
    const [metric] = collector.metrics;
    assert.ok(metric);
    const named = { ...metric, labels: { subject: { zh: '对象', en: 'Whose it is' } } };
    const job = jobOf({ ...collector, metrics: [named] });
    const { readings } = await runJob(job, runOptions(new TestClock()));
    assert.deepEqual(readings[0]?.labels, { job: 'tides', subject: 'lin/east' });
  });

  it('drops with a count what is not finite, twice there, in the future, too old or badly named', async () => {
    const clock = new TestClock();
    const at = (seconds: number) => new Date(clock.now() + seconds * 1000).toISOString();
    const collector = collectorOf(
      async () => ({
        readings: [
          reading(3),
          reading(3.5),
          reading(Number.NaN, { labels: { station: 'a' } }),
          reading(Number.POSITIVE_INFINITY, { labels: { station: 'b' } }),
          reading(7, { at: at(300) }),
          reading(8, { at: at(301) }),
          reading(9, { at: at(-15 * 86_400) }),
          reading(10, { at: at(-15 * 86_400 - 1) }),
          reading(11, { metric: 'tide-level' }),
        ],
        dropped: { relabelled: 4, notFinite: 1 },
      }),
      { isOpen: true },
    );
    const { outcome, readings } = await runJob(jobOf(collector), runOptions(clock));
    assert.deepEqual(
      readings.map(({ value }) => value),
      [3, 7, 9],
    );
    assert.deepEqual(outcome.dropped, {
      notFinite: 3,
      duplicate: 1,
      future: 1,
      tooOld: 1,
      badName: 1,
      relabelled: 4,
    });
    assert.deepEqual([outcome.samples, outcome.series, outcome.state], [3, 1, 'partial']);
    assert.deepEqual(
      outcome.gaps.map(({ state, reason }) => `${state}: ${reason.en}`),
      ['failed: 1 samples are dated ahead of this machine’s clock and were dropped'],
    );
  });

  it('fails when the collector yields what it does not declare', async () => {
    const wrong = [
      reading(1, { metric: 'tide_speed' }),
      reading(1, { labels: { station: 'east', colour: 'blue' } }),
      reading(1, { metric: 'tide_wait_seconds_bucket', labels: { station: 'east', le: '1', side: 'left' } }),
    ];
    const words = [/yields tide_speed, which/, /with the label colour/, /with the label side/];
    for (const [index, each] of wrong.entries()) {
      const collector = collectorOf(async () => ({ readings: [each] }));
      const { outcome, readings } = await runJob(jobOf(collector), runOptions(new TestClock()));
      assert.deepEqual([outcome.state, readings.length], ['failed', 0]);
      assert.match(outcome.error?.en ?? '', words[index] ?? /^$/);
    }
    const settings = { targets: [{ labels: { colour: 'blue' } }] };
    const allowed = collectorOf(async () => ({ readings: wrong.slice(1, 2) }));
    const { outcome: own } = await runJob(jobOf(allowed, { settings }), runOptions(new TestClock()));
    assert.equal(own.state, 'succeeded');
    const good = reading(1, { metric: 'tide_wait_seconds_bucket', labels: { station: 'east', le: '1' } });
    const collector = collectorOf(async () => ({ readings: [good] }));
    assert.equal((await runJob(jobOf(collector), runOptions(new TestClock()))).outcome.state, 'succeeded');
  });

  it('is partial when something that should have come did not, but not when it does not apply', async () => {
    const gap = {
      metric: 'tide_level_metres',
      labels: { station: 'west' },
      reason: { zh: '断线', en: 'line cut' },
    };
    const of = (state: 'failed' | 'notApplicable') =>
      runJob(
        jobOf(collectorOf(async () => ({ readings: [reading(2)], gaps: [{ ...gap, state }] }))),
        runOptions(new TestClock()),
      );
    assert.equal((await of('failed')).outcome.state, 'partial');
    assert.equal((await of('notApplicable')).outcome.state, 'succeeded');
  });

  it('tries again after longer and longer pauses, and no more than it was told', async () => {
    const clock = new TestClock();
    const began = clock.now();
    const tries: number[] = [];
    const collector = collectorOf(async () => {
      tries.push((clock.now() - began) / 1000);
      throw new NetworkFault('connect', 'connect 127.0.0.1:9 refused');
    });
    const running = runJob(jobOf(collector, { retries: 3 }), runOptions(clock));
    await clock.pass(9);
    const { outcome } = await running;
    assert.deepEqual(tries, [0, 0.375, 1.125, 2.625]);
    assert.deepEqual([outcome.state, outcome.attempts, outcome.durationSeconds], ['failed', 4, 2.625]);
    assert.deepEqual(outcome.error, {
      zh: '无法建立连接：connect 127.0.0.1:9 refused',
      en: 'connect 127.0.0.1:9 refused',
    });
    assert.match(outcome.remedy?.en ?? '', /see that the target is running/);
  });

  it('brings what a later attempt got', async () => {
    const clock = new TestClock();
    let tries = 0;
    const collector = collectorOf(async () => {
      tries += 1;
      if (tries < 2) throw new NetworkFault('timeout', 'no answer');
      return { readings: [reading(6)] };
    });
    const running = runJob(jobOf(collector, { retries: 2 }), runOptions(clock));
    await clock.pass(1);
    const { outcome } = await running;
    assert.deepEqual([outcome.state, outcome.attempts, outcome.samples], ['succeeded', 2, 1]);
  });

  it('does not try again what trying cannot mend', async () => {
    const fault = new CollectorFault(
      { zh: '表中没有列', en: 'the table lacks a column' },
      { remedy: { zh: '补上该列', en: 'add the column' }, isFinal: true },
    );
    const collector = collectorOf(async () => {
      throw fault;
    });
    const { outcome } = await runJob(jobOf(collector, { retries: 5 }), runOptions(new TestClock()));
    assert.deepEqual([outcome.attempts, outcome.remedy?.zh], [1, '补上该列']);
  });

  it('ends at its timeout although the collector ignores its signal, and throws the late result away', async () => {
    const clock = new TestClock();
    const late = Promise.withResolvers<CollectorYield>();
    let signal: AbortSignal | null = null;
    const collector = collectorOf((run) => {
      signal = run.signal;
      return late.promise;
    });
    const running = runJob(jobOf(collector, { retries: 3 }), runOptions(clock));
    await clock.pass(10);
    const { outcome, readings } = await running;
    late.resolve({ readings: [reading(5)] });
    await clock.settle();
    assert.deepEqual([outcome.state, outcome.durationSeconds, outcome.attempts], ['failed', 10, 1]);
    assert.equal(outcome.error?.en, 'the run did not end within its timeout of 10s');
    assert.equal(readings.length, 0);
    assert.equal((signal as AbortSignal | null)?.aborted, true);
  });

  it('rejects with the reason when the program stops, whatever the collector does', async () => {
    const stop = new AbortController();
    const running = runJob(jobOf(collectorOf(never)), runOptions(new TestClock(), { signal: stop.signal }));
    stop.abort(new Error('stopped'));
    await assert.rejects(running, /^Error: stopped$/);
  });

  it('keeps secrets and user names of addresses out of everything it says', async () => {
    const clock = new TestClock();
    const secret = 'p@ss/wörd';
    const gap = { metric: null, labels: { url: 'http://u:pw@host/x' }, state: 'failed' as const };
    const collector = collectorOf(async ({ ports }) => {
      const got = await ports.secret({ env: 'PASSWORD' });
      return {
        readings: [reading(1, { labels: { station: `https://me:${got}@host` } })],
        gaps: [{ ...gap, reason: { zh: `口令 ${got}`, en: encodeURIComponent(got) } }],
        targets: [
          {
            target: 'https://a:b@c/',
            isUp: false,
            durationSeconds: null,
            detail: { zh: '无', en: `basic ${Buffer.from(got).toString('base64')}` },
          },
        ],
      };
    });
    const runner = new JobRunner(jobOf(collector), {
      ...runOptions(clock, { ports: portsWith(clock, { PASSWORD: secret }), redactor: new Redactor() }),
      lastSuccessAt: null,
    });
    const collected = await runner.run(new AbortController().signal);
    const [found] = collected.outcome.gaps;
    assert.deepEqual(found?.labels, { url: 'http://***@host/x' });
    assert.deepEqual(found?.reason, { zh: '口令 ***', en: '***' });
    assert.equal(collected.outcome.targets[0]?.detail.en, 'basic ***');
    assert.equal(collected.outcome.targets[0]?.target, 'https://***@c/');
    assert.doesNotMatch(JSON.stringify(collected), /wörd|w%C3|pw@|a:b@/);
  });

  it('keeps secrets and user names of addresses out of what data checks say', async () => {
    const reason = { zh: '无法连接 mysql://u:pw@east/city', en: 'cannot reach mysql://u:pw@east/city' };
    const result: CheckResult = {
      ...{ check: 'access', title: reason, kind: 'access', columns: [], problem: null, weight: 1 },
      ...{ dimension: 'accessibility', state: 'failed', checked: null, failed: null, ratio: null },
      ...{ figure: null, threshold: 'ratio <= 0', isMissed: null, sample: null, memory: null },
      ...{ sql: ["select 'mysql://u:pw@east'"], reason, remedy: null },
    };
    const source = { id: 'a', title: reason, department: null, engine: 'mysql', weight: 1 } as const;
    const run: QualityRun = {
      ...{ subject: 'lin', source: { ...source, location: 'mysql://u:pw@east/city' }, checksSha256: 'f0' },
      ...{ startedAt: '2026-11-01T00:00:00.000Z', durationSeconds: 0.5, rows: null, scans: 0 },
      results: [result],
    };
    const collector = collectorOf(async () => ({ readings: [], quality: [run] }));
    const { quality = [] } = await runJob(jobOf(collector), runOptions(new TestClock()));
    const [kept] = quality;
    assert.equal(kept?.source.location, 'mysql://***@east/city');
    assert.deepEqual(kept?.results[0]?.sql, ["select 'mysql://***@east'"]);
    assert.equal(kept?.results[0]?.reason?.zh, '无法连接 mysql://***@east/city');
  });

  it('that failed keeps what its collector knows all the same', async () => {
    const reason = { zh: '目标均未应答', en: 'no target answers' };
    const detail = { zh: '拒绝', en: 'refused by http://u:pw@east/' };
    const collector = collectorOf(async () => {
      throw new CollectorFault(reason, {
        remedy: { zh: '请启动', en: 'start them' },
        brought: {
          readings: [reading(0, { labels: { station: 'east' } })],
          gaps: [{ metric: null, labels: { station: 'east' }, state: 'failed', reason: detail }],
          targets: [{ target: 'east', isUp: false, durationSeconds: 0.25, detail }],
        },
      });
    });
    const { outcome, readings } = await runJob(jobOf(collector), runOptions(new TestClock()));
    assert.deepEqual(
      [outcome.state, outcome.attempts, outcome.samples, outcome.error, outcome.remedy?.en],
      ['failed', 1, 1, reason, 'start them'],
    );
    assert.deepEqual(readings[0]?.labels, { job: 'tides', subject: 'lin', station: 'east' });
    assert.equal(outcome.gaps[0]?.reason.en, 'refused by http://***@east/');
    assert.equal(outcome.targets[0]?.detail.en, 'refused by http://***@east/');
  });

  it('keeps secrets in the parameters of an address out of what it says', () => {
    const { redact } = new Redactor();
    assert.equal(
      redact('cannot connect to http://h/m?zone=7&access_token=q1w2&appkey=e3#x (ECONNREFUSED): a=b'),
      'cannot connect to http://h/m?zone=7&access_token=***&appkey=***#x (ECONNREFUSED): a=b',
    );
  });

  it('puts a mark in place of characters that no store takes', async () => {
    const collector = collectorOf(async () => ({
      readings: [reading(6, { labels: { station: 'e\0ast\ud800' } })],
      gaps: [{ metric: null, labels: {}, state: 'failed', reason: { zh: '\udfff断', en: 'cut at \0' } }],
    }));
    const { outcome, readings } = await runJob(jobOf(collector), runOptions(new TestClock()));
    assert.equal(readings[0]?.labels.station, 'e\ufffdast\ufffd');
    assert.deepEqual(outcome.gaps[0]?.reason, { zh: '\ufffd断', en: 'cut at \ufffd' });
  });
});
