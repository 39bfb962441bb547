import assert from 'node:assert/strict';
import { InputError } from '../../../scoring/contract.ts';
import { freePort } from '../../../test/free-port.ts';
import { type PrometheusServer, startPrometheusServer } from '../../../test/prometheus-server.ts';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { openPromql } from './promql-source.ts';

const hour = Date.parse('2026-09-01T08:00:00Z');

/** Half an hour of minutes: a counter of three buckets that grows by 6 a minute, and a gauge of two rooms. */
function openMetrics(): string {
  const lines = ['# TYPE wait unknown'];
  const put = (series: string, value: (minute: number) => number) => {
    for (let minute = 0; minute <= 30; minute += 1)
      lines.push(`${series} ${value(minute)} ${hour / 1000 + minute * 60}`);
  };
  for (const le of ['2.5', '+Inf', '0.25']) put(`wait_bucket{le="${le}"}`, (minute) => minute * 6);
  for (const room of ['a', 'b']) put(`warmth{room="${room}"}`, (minute) => (room === 'a' ? 21.5 : minute));
  return `${lines.join('\n')}\n# EOF\n`;
}

describe('PromQL as it is written', function () {
  this.timeout(60_000);
  let server: PrometheusServer | undefined;
  const at = new Date(hour + 1_800_000 - 1).toISOString();

  before(async function () {
    server = await startPrometheusServer(this, { openMetrics: openMetrics() });
  });

  after(() => server?.stop());

  const source = () => openPromql({ url: server?.url ?? '' });

  it('is answered in order, many expressions to a request, with the fault of one left to it', async () => {
    const promql = source();
    const [rooms, broken, none, sum] = await promql.instant(
      ['warmth', 'sum(', 'absent_metric', 'sum(warmth)'],
      at,
    );
    assert.deepEqual(rooms, {
      series: [
        { labels: { room: 'a' }, value: 21.5 },
        { labels: { room: 'b' }, value: 29 },
      ],
    });
    assert.ok(broken && 'fault' in broken && !broken.isTooLarge);
    assert.match(broken.fault.en, /rejects the query/);
    assert.deepEqual([none, sum], [{ series: [] }, { series: [{ labels: {}, value: 50.5 }] }]);
    assert.ok(promql.requests > 0);
    assert.deepEqual(await promql.instant([], at), []);
  });

  it('has a window that holds exactly the milliseconds before its end', async () => {
    const promql = source();
    const window = await promql.window(1_800_000);
    const [samples] = await promql.instant([`count_over_time(warmth{room="a"}[${window}])`], at);
    assert.deepEqual(samples, { series: [{ labels: { room: 'a' }, value: 30 }] });
  });

  it('gives points of a range, bounds of a histogram, and the retention', async () => {
    const promql = source();
    const [from, to] = [new Date(hour).toISOString(), new Date(hour + 120_000).toISOString()];
    assert.deepEqual(await promql.range('warmth{room="b"}', { from, to, stepSeconds: 60 }), [
      {
        labels: { room: 'b' },
        points: [0, 1, 2].map((each) => [new Date(hour + each * 60_000).toISOString(), each]),
      },
    ]);
    assert.equal(await promql.retentionSeconds(), 100 * 31_536_000);
    assert.deepEqual(await promql.bucketBounds('nothing_bucket'), []);
  });

  it('of a server that does not answer is a fault of each expression, or bad input', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const gone = openPromql({ url, retryMilliseconds: [] });
    const answers = await gone.instant(['up', 'vector(1)'], at);
    assert.equal(answers.length, 2);
    for (const each of answers) assert.ok('fault' in each && /does not answer/.test(each.fault.en));
    assert.ok((await rejectionOf(gone.window(1000))) instanceof InputError);
  });
});
