import assert from 'node:assert/strict';
import { join } from 'node:path';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { httpClient } from '../../ports/http/http-client.ts';
import { remoteWritePolicy } from './policy.ts';
import { createRemoteWrite, type RemoteWrite } from './remote-write.ts';
import { collectedOf, HandClock, readings, startTarget, type TestTarget } from './test-target-server.ts';

interface Bench {
  readonly clock: HandClock;
  readonly target: TestTarget;
  readonly folder: string;
  write: RemoteWrite;
  /** Another process on the same queue, as after a restart. */
  reopen(): Promise<void>;
  accept(metric: string, values: readonly number[]): Promise<void>;
  pass(seconds: number): Promise<void>;
}

describe('remote write', () => {
  const scratch = scratchFolder();
  const opened: Bench[] = [];
  let count = 0;
  let answer: Parameters<typeof startTarget>[0] = () => ({ status: 204 });

  async function bench(more: { maxQueueBytes?: number; policy?: Partial<typeof remoteWritePolicy> } = {}) {
    const clock = new HandClock();
    const target = await startTarget(() => answer());
    const folder = join(scratch.path, `queue-${count++}`);
    const open = () =>
      createRemoteWrite({
        name: 'long-term',
        folder,
        maxQueueBytes: more.maxQueueBytes ?? 10_000_000,
        destination: { url: target.url, authorization: async () => 'Bearer s3cret', tls: null },
        http: httpClient,
        clock,
        chance: () => 1,
        userAgent: 'citygauge/test',
        policy: { ...remoteWritePolicy, ...more.policy },
      });
    const made: Bench = {
      clock,
      target,
      folder,
      write: await open(),
      async reopen() {
        await made.write.close();
        made.write = await open();
      },
      accept: (metric, values) => made.write.sink.accept(collectedOf(readings(metric, values, clock.now()))),
      pass: (seconds) =>
        clock.pass(seconds, () => clock.isSomeoneAsleep || made.write.state().queueSamples === 0),
    };
    opened.push(made);
    return made;
  }

  afterEach(async () => {
    for (const { write, target } of opened.splice(0)) {
      await write.close();
      await target.close();
    }
    answer = () => ({ status: 204 });
  });

  it('sends what came within a second as one request, with the headers of the specification', async () => {
    const { accept, pass, target, write } = await bench();
    await accept('a', [3, 4]);
    await accept('b', [5]);
    await pass(1);
    assert.equal(target.received.length, 1);
    assert.deepEqual(target.samples(), ['a 3', 'a 4', 'b 5']);
    const headers = target.received[0]?.headers ?? {};
    const names = [
      'content-type',
      'content-encoding',
      'user-agent',
      'x-prometheus-remote-write-version',
      'authorization',
    ];
    assert.deepEqual(
      names.map((name) => headers[name]),
      ['application/x-protobuf', 'snappy', 'citygauge/test', '0.1.0', 'Bearer s3cret'],
    );
    assert.deepEqual([write.state().sentSamples, write.state().queueSamples], [3, 0]);
  });

  it('splits what is too much for one request, in order', async () => {
    const { accept, pass, target } = await bench({ policy: { samplesPerRequest: 4 as never } });
    await accept('a', [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await pass(1);
    assert.deepEqual(
      target.received.map(({ series }) => series.flatMap(({ samples }) => samples.map(({ value }) => value))),
      [[1, 2, 3, 4], [5, 6, 7, 8], [9]],
    );
  });

  it('loses nothing while the target is down for ten minutes, and keeps the order', async () => {
    const { accept, pass, target, clock, write } = await bench();
    const up = clock.now() + 600_000;
    answer = () => ({ status: clock.now() < up ? 503 : 204 });
    const sent: string[] = [];
    for (let step = 0; step < 41; step += 1) {
      await accept('a', [step, step + 0.5]);
      sent.push(`a ${step}`, `a ${step + 0.5}`);
      await pass(15);
    }
    assert.ok(target.received.length > 5, `${target.received.length} attempts`);
    await pass(61);
    assert.deepEqual(target.samples(), sent);
    const { sentSamples, droppedSamples, failedSamples, retriedSamples, lastFault } = write.state();
    assert.deepEqual([sentSamples, droppedSamples, failedSamples, lastFault], [82, 0, 0, null]);
    assert.ok(retriedSamples >= 10);
  });

  it('drops the oldest with a count when the target is down for longer than the queue holds', async () => {
    const { accept, pass, target, clock, write } = await bench({ maxQueueBytes: 2400 });
    const up = clock.now() + 600_000;
    answer = () => ({ status: clock.now() < up ? 500 : 200 });
    for (let step = 0; step < 41; step += 1) {
      await accept('a', [step]);
      await pass(15);
    }
    await pass(61);
    const { sentSamples, droppedSamples, queueSamples } = write.state();
    assert.deepEqual([sentSamples + droppedSamples, queueSamples], [41, 0]);
    assert.ok(droppedSamples > 0 && droppedSamples < 41, `${droppedSamples} dropped`);
    // The first batch was under way all the time; what follows is the newest, without a gap.
    assert.deepEqual(target.samples(), [
      'a 0',
      ...Array.from({ length: sentSamples - 1 }, (_, i) => `a ${42 - sentSamples + i}`),
    ]);
  });

  it('gives up what the target refuses, with a count, and goes on with the next', async () => {
    const { accept, pass, target, write } = await bench();
    answer = () => ({ status: 400 });
    await accept('a', [3, 4]);
    await pass(1);
    assert.deepEqual(
      [write.state().failedSamples, write.state().lastFault],
      [2, { zh: '接收端应答状态 400：not now', en: 'HTTP 400 not now' }],
    );
    answer = () => ({ status: 204 });
    await accept('a', [5]);
    await pass(1);
    assert.deepEqual([target.samples(), target.received.length, write.state().lastFault], [['a 5'], 2, null]);
  });

  for (const status of [401, 403]) {
    it(`keeps what a target refuses with ${status}, and sends it once the token is right`, async () => {
      const { accept, pass, target, write } = await bench();
      answer = () => ({ status });
      await accept('a', [3, 4]);
      await pass(1);
      const { failedSamples, queueSamples, lastFault } = write.state();
      assert.deepEqual([failedSamples, queueSamples, lastFault?.en], [0, 2, `HTTP ${status} not now`]);
      answer = () => ({ status: 204 });
      await pass(60);
      assert.deepEqual([target.samples(), write.state().lastFault], [['a 3', 'a 4'], null]);
    });
  }

  it('waits as long as the target asks for', async () => {
    const { accept, pass, target, clock } = await bench();
    answer = () => ({ status: 429, headers: { 'retry-after': '45' } });
    await accept('a', [3]);
    await pass(1);
    answer = () => ({ status: 204 });
    await pass(44);
    assert.equal(target.received.length, 1);
    await pass(1);
    assert.deepEqual([target.samples(), clock.sleeps], [['a 3'], [1000, 45_000]]);
  });

  it('tries again when the target says nothing in time', async () => {
    const { accept, pass, target, write } = await bench({ policy: { timeoutMilliseconds: 40 as never } });
    answer = () => 'hang';
    await accept('a', [3]);
    await pass(1);
    assert.match(write.state().lastFault?.en ?? '', /^timeout: /);
    answer = () => ({ status: 204 });
    await pass(1);
    assert.deepEqual([target.samples(), write.state().retriedSamples], [['a 3'], 1]);
  });

  it('tries again when the connection breaks', async () => {
    const { accept, pass, target, write } = await bench();
    await target.close();
    await accept('a', [3]);
    await pass(1);
    assert.match(write.state().lastFault?.en ?? '', /^connect: /);
    assert.match(write.state().lastFault?.zh ?? '', /^无法连接 /);
    assert.equal(write.state().queueSamples, 1);
  });

  it('sends after a restart what waited before it', async () => {
    const made = await bench();
    answer = () => ({ status: 500 });
    await made.accept('a', [3]);
    await made.pass(1);
    await made.accept('a', [4]);
    await made.reopen();
    assert.deepEqual([made.write.state().queueSamples, made.write.state().oldestAgeSeconds], [2, 1]);
    answer = () => ({ status: 204 });
    await made.pass(1);
    assert.deepEqual(made.target.samples(), ['a 3', 'a 4']);
  });

  it('stops at once while the target hangs', async () => {
    const made = await bench();
    answer = () => 'hang';
    await made.accept('a', [3]);
    await made.clock.pass(1, () => made.clock.isSomeoneAsleep || made.target.received.length === 1);
    await made.write.close();
    answer = () => ({ status: 204 });
    await made.reopen();
    assert.equal(made.write.state().queueSamples, 1);
  });

  it('drains without lingering, and says when it could not', async () => {
    const { accept, write, target } = await bench();
    assert.equal(await write.drain(AbortSignal.timeout(5000)), true);
    await accept('a', [3]);
    answer = () => ({ status: 503 });
    const drained = write.drain(AbortSignal.timeout(5000));
    assert.equal(await drained, false);
    assert.deepEqual([target.received.length, write.state().queueSamples], [1, 1]);
  });

  it('says how it stands as series', async () => {
    const { accept, clock, write, pass } = await bench();
    await accept('a', [3, 4]);
    await pass(0.5);
    const series = Object.fromEntries(write.series().map(({ metric, value }) => [metric.slice(23), value]));
    assert.deepEqual(series, {
      sent_samples_total: 0,
      failed_samples_total: 0,
      dropped_samples_total: 0,
      retried_samples_total: 0,
      queue_bytes: write.state().queueBytes,
      queue_samples: 2,
      oldest_age_seconds: 0.5,
    });
    assert.ok(write.state().queueBytes > 40);
    assert.deepEqual(write.series()[0]?.labels, { target: 'long-term' });
    assert.equal(clock.sleeps.length, 1);
  });
});
