import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { freePort } from '../../../test/free-port.ts';
import { openMetricsText } from '../../../test/metric-samples.ts';
import { type PrometheusServer, startPrometheusServer } from '../../../test/prometheus-server.ts';
import type { MetricFigure, MetricRequest } from '../../contract.ts';
import { meanOfMeans, metricMeasure, samples } from '../../test-suites/metric-fixtures.ts';
import { openPrometheusMetrics } from './prometheus-source.ts';

const request: MetricRequest = {
  subjects: ['hexi'],
  from: '2026-02-01T00:00:00Z',
  to: '2026-02-01T02:00:00Z',
};
const mean = metricMeasure('load_ratio', meanOfMeans);
const share = metricMeasure('load_ratio', { kind: 'share', above: 0.5, below: null });
const quick = { timeoutMilliseconds: 300, retryMilliseconds: [5, 5] };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers everything by the handler, while `work` runs. */
async function against<T>(handle: Handler, work: (url: string) => Promise<T>): Promise<T> {
  const server: Server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const answer =
  (status: number, body: string, type = 'application/json'): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };

async function figureOf(url: string, settings = {}): Promise<MetricFigure> {
  const [figure] = await openPrometheusMetrics({ url, ...quick, ...settings }).measure(request, [mean]);
  assert.ok(figure);
  return figure;
}

function assertFailed(figure: MetricFigure, en: RegExp, zh: RegExp): void {
  assert.ok(figure.state === 'failed', JSON.stringify(figure));
  assert.match(figure.reason.en, en);
  assert.match(figure.reason.zh, zh);
}

describe('faults of a PromQL server', () => {
  it('that is down: failed after its retries, naming the server and what to do', async () => {
    const figure = await figureOf(`http://127.0.0.1:${await freePort()}`);
    assertFailed(
      figure,
      /http:\/\/127\.0\.0\.1:\d+ does not answer \(3 attempts, .*ECONNREFUSED.*\): start it/,
      /无响应（尝试 3 次/,
    );
  });

  it('that hangs: failed at the time-out, once for all measures', async () => {
    const hanging: Handler = () => {};
    const [first, second] = await against(hanging, (url) =>
      openPrometheusMetrics({ url, ...quick }).measure(request, [mean, share]),
    );
    for (const figure of [first, second])
      assertFailed(figure as MetricFigure, /no answer within 0\.3 s/, /未答复/);
  });

  it('that sends garbage, or a login page', async () => {
    assertFailed(
      await against(answer(200, '{"status":"suc'), figureOf),
      /does not answer as a PromQL server \(HTTP 200: \{"status":"suc\)/,
      /不是 PromQL 接口的格式/,
    );
    const page = answer(200, '<html><title>Sign in</title></html>', 'text/html');
    assertFailed(await against(page, figureOf), /HTTP 200: <html><title>Sign in.*login page/, /登录页面/);
  });

  it('that sends JSON of another form: no series of it counts as no sample', async () => {
    const results = [
      '[{"metric":{},"value":["1",2]}]',
      '[{"metric":null,"value":[1,"2"]}]',
      '[[1,"2"]]',
      '{}',
    ];
    for (const result of results) {
      const body = `{"status":"success","data":{"resultType":"vector","result":${result}}}`;
      const figure = await against(answer(200, body), figureOf);
      assertFailed(figure, /does not answer as a PromQL server \(HTTP 200/, /不是 PromQL 接口的格式/);
    }
  });

  it('whose answer has no end: no more of it is read than may be kept', async () => {
    let written = 0;
    const endless: Handler = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(10_000))) written += 10_000;
      };
      response.on('drain', more);
      more();
    };
    const settings = { largestAnswerBytes: 50_000, timeoutMilliseconds: 10_000 };
    const figure = await against(endless, (url) => figureOf(url, settings));
    assertFailed(figure, /exceeds a limit of the PromQL server .* \(> 50000 B\)/, /> 50000 B/);
    assert.ok(written > 50_000);
  });

  it('that refuses the credentials', async () => {
    assertFailed(
      await against(answer(401, 'Unauthorized'), figureOf),
      /refuses access \(HTTP 401\).*PROMETHEUS_BEARER_TOKEN/,
      /拒绝访问（HTTP 401）/,
    );
  });

  it('that rejects a query with 422, in its own words', async () => {
    const body = JSON.stringify({
      status: 'error',
      errorType: 'execution',
      error: 'vector cannot contain metrics with the same labelset',
    });
    assertFailed(
      await against(answer(422, body), figureOf),
      /rejects the query \(vector cannot contain metrics with the same labelset\)/,
      /不接受该查询/,
    );
  });

  it('that has only part of the data', async () => {
    const data = { resultType: 'vector', result: [] };
    const thanos = JSON.stringify({ status: 'success', data, warnings: ['no store matched for 10.0.0.7'] });
    assertFailed(
      await against(answer(200, thanos), figureOf),
      /incomplete \(no store matched for 10\.0\.0\.7\)/,
      /应答不完整/,
    );
    const victoria = JSON.stringify({ status: 'success', isPartial: true, data });
    assertFailed(await against(answer(200, victoria), figureOf), /incomplete \(isPartial\)/, /应答不完整/);
  });

  it('is sent user and password of the address, or the token, and shows neither', async () => {
    const seen: (string | undefined)[] = [];
    const watch: Handler = ({ headers }, response) => {
      seen.push(headers.authorization);
      response.writeHead(401).end();
    };
    const shown = await against(watch, async (url) => {
      const withUser = url.replace('http://', 'http://reader:p%40ss@');
      await figureOf(withUser);
      await figureOf(url, { token: 't0ken' });
      return figureOf(withUser);
    });
    assert.deepEqual(
      [seen[0], seen[1]],
      [`Basic ${Buffer.from('reader:p@ss').toString('base64')}`, 'Bearer t0ken'],
    );
    assert.doesNotMatch(JSON.stringify(shown), /p%40ss|p@ss|reader/);
  });

  it('is described as bad input when it does not answer', async () => {
    const source = openPrometheusMetrics({ url: `http://127.0.0.1:${await freePort()}`, ...quick });
    await assert.rejects(source.describe(), { name: 'InputError', message: /does not answer/ });
  });

  it('whose clock is an hour ahead says so when it is described', async () => {
    const ahead: Handler = (_request, response) => {
      const time = String(Date.now() / 1000 + 3600);
      const body = { status: 'success', data: { resultType: 'scalar', result: [Number(time), time] } };
      answer(200, JSON.stringify(body))(_request, response);
    };
    const { clockSkewSeconds } = await against(ahead, (url) =>
      openPrometheusMetrics({ url, ...quick }).describe(),
    );
    assert.ok(Math.abs((clockSkewSeconds ?? 0) - 3600) < 2, `${clockSkewSeconds}`);
  });

  it('must have an address of HTTP', () => {
    assert.throws(() => openPrometheusMetrics({ url: 'localhost:9090' }), {
      name: 'InputError',
      message: /PROMETHEUS_URL/,
    });
  });
});

describe('a real Prometheus in trouble', function () {
  this.timeout(30_000);
  let server: PrometheusServer | undefined;
  const values = Array.from({ length: 120 }, (_, index) => index / 128);

  before(async function () {
    const readings = ['a', 'b'].flatMap((pod) =>
      samples('load_ratio', { subject: 'hexi', pod }, { from: request.from, everySeconds: 60, values }),
    );
    server = await startPrometheusServer(this, {
      openMetrics: openMetricsText(readings),
      args: ['--query.max-samples=150'],
    });
  });

  after(() => server?.stop());

  it('answers in pieces what is beyond its limit of samples', async () => {
    const source = openPrometheusMetrics({ url: server?.url ?? '' });
    const increase = metricMeasure('load_ratio', { kind: 'increase', across: 'sum' });
    const p50 = metricMeasure('load_ratio', { kind: 'overTime', reduce: 'p50', across: 'max' });
    const figures = await source.measure(request, [mean, share, increase, p50]);
    const found = figures.map((figure) => ('value' in figure ? figure.value : figure));
    assert.deepEqual(found, [119 / 256, 56 / 120, 2 * (119 / 128), 59.5 / 128]);
    assert.deepEqual(
      figures.map((figure) => 'samples' in figure && figure.samples),
      Array(4).fill({ present: 240, expected: 240, series: 2 }),
    );
  });

  it('fails one bad measure with what it says, and answers the others', async () => {
    const source = openPrometheusMetrics({ url: server?.url ?? '' });
    const bad = {
      ...mean,
      of: { metric: 'load_ratio', matchers: [{ label: 'pod', operator: '=~' as const, value: '(' }] },
    };
    const [first, second] = await source.measure(request, [bad, mean]);
    assertFailed(first as MetricFigure, /error parsing regexp: missing closing \)/, /不接受该查询/);
    assert.equal(second?.state, 'measured');
  });

  it('runs PromQL as written, and wants one value of it', async () => {
    const source = openPrometheusMetrics({ url: server?.url ?? '' });
    const written = (query: string) => ({
      ...mean,
      of: null,
      everySeconds: null,
      reduction: { kind: 'promql', query } as const,
    });
    const figures = await source.measure(request, [
      written('count(max_over_time(load_ratio{subject=~"$subject"}[$period]))'),
      written('max_over_time(load_ratio{subject=~"$subject"}[$period])'),
      written('nothing_of_this_name'),
      written('1 + 0.5'),
    ]);
    assert.deepEqual(
      figures.map(({ state }) => state),
      ['measured', 'failed', 'absent', 'measured'],
    );
    assert.equal(figures[0]?.state === 'measured' && figures[0].value, 2);
    assertFailed(figures[1] as MetricFigure, /returns 2 series/, /返回 2 条序列/);
    assert.equal(figures[0]?.query, 'count(max_over_time(load_ratio{subject=~"hexi"}[7199999ms]))');
  });

  it('draws means per step with gaps', async () => {
    const source = openPrometheusMetrics({ url: server?.url ?? '' });
    const chart = await source.chart({ ...request, to: '2026-02-01T02:30:00Z', measure: mean, points: 5 });
    assert.deepEqual([chart.stepSeconds, chart.series.length, chart.omitted], [1800, 2, 0]);
    assert.deepEqual(
      chart.series[0]?.points.map(({ value }) => value),
      [14.5 / 128, 44.5 / 128, 74.5 / 128, 104.5 / 128, null],
    );
    assert.equal(chart.series[0]?.points[1]?.at, '2026-02-01T00:30:00.000Z');
  });

  it('tells its version and the skew of its clock', async () => {
    const { version, clockSkewSeconds, kind } = await openPrometheusMetrics({
      url: server?.url ?? '',
    }).describe();
    assert.equal(kind, 'prometheus');
    assert.match(version, /^Prometheus API \d+\.\d+/);
    assert.ok(Math.abs(clockSkewSeconds ?? 99) < 2);
  });

  it('is asked again while it restarts in the middle of an evaluation', async () => {
    const source = openPrometheusMetrics({
      url: server?.url ?? '',
      retryMilliseconds: [100, 200, 400, 800, 1600, 3200],
    });
    const [before] = await source.measure(request, [mean]);
    await server?.kill();
    const asked = source.measure(request, [mean, share]);
    await server?.start();
    const figures = await asked;
    assert.deepEqual(
      figures.map(({ state }) => state),
      ['measured', 'measured'],
    );
    assert.deepEqual(figures[0], before);
  });
});
