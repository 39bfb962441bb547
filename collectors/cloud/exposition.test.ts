import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { makeCertificates } from '../../test/certificates.ts';
import { freePort } from '../../test/free-port.ts';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { CollectorFault, type CollectorYield, InputError } from '../contract.ts';
import { createPorts } from '../ports/ports-client.ts';
import { exposition } from './exposition.ts';
import { SampleTimes } from './scrape/sample-times.ts';

const plain = { 'content-type': 'text/plain; version=0.0.4' };

/** Answers of the misbehaving server, by path. */
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/good': (r) => r.writeHead(200, plain).end('# TYPE load gauge\nload{instance="x",job="y"} 2.5\n'),
  '/gzip': (r) => r.writeHead(200, { ...plain, 'content-encoding': 'gzip' }).end(gzipSync('load 3.5\n')),
  '/openmetrics': (r) =>
    r
      .writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' })
      .end('# TYPE jobs counter\n# HELP jobs Done.\njobs_total 17\n# EOF\n'),
  '/hang': () => {},
  '/drip': (r) => {
    r.writeHead(200, plain);
    const timer = setInterval(() => r.write('a'), 20);
    r.on('close', () => clearInterval(timer));
  },
  '/endless': (r) => {
    r.writeHead(200, plain);
    const more = () => {
      while (!r.destroyed && r.write('load{x="0123456789"} 1\n'.repeat(1000)));
    };
    r.on('drain', more);
    more();
  },
  '/html': (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>\n'),
  '/cut': (r) => r.writeHead(200, { 'content-type': 'application/openmetrics-text' }).end('load 1\n'),
  '/malformed': (r) => r.writeHead(200, plain).end('load 1\nspeed{ 2\n'),
  '/nan': (r) => r.writeHead(200, plain).end('load NaN\nspeed +Inf\ndepth 7\n'),
  '/dated': (r) =>
    r.writeHead(200, plain).end('load 1 1762214400000\nload 2 1762214300000\nload 3 1762214500000\n'),
  '/many': (r) =>
    r.writeHead(200, plain).end(Array.from({ length: 12 }, (_, i) => `load{i="${i}"} 1\n`).join('')),
  '/own': (r) => r.writeHead(200, { ...plain, 'x-citygauge-instance': 'a7' }).end('load 6.5\n'),
  '/other': (r) => r.writeHead(200, { ...plain, 'x-citygauge-instance': 'b8' }).end('load{job="n"} 7.5\n'),
  '/returned': (r) => r.writeHead(200, plain).end('load{job="b8",exported_job="a7"} 7.5\n'),
  '/twice': (r) => r.writeHead(200, plain).end('load{exported_exported_place="x"} 7.5\n'),
  '/unknown': (r) => r.writeHead(401).end(),
  '/forbidden': (r) => r.writeHead(403).end(),
  '/error': (r) => r.writeHead(503, plain).end('load 1\n'),
};

describe('the exposition collector', () => {
  const folder = scratchFolder();
  const seen: (string | undefined)[] = [];
  let server: Server;
  let base = '';
  before(async () => {
    const answer: RequestListener = (request, response) => {
      seen.push(request.headers.authorization);
      answers[request.url ?? '']?.(response);
    };
    server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const run = (
    settings: object,
    environment = {},
    more: { readonly timeoutSeconds?: number } = {},
  ): Promise<CollectorYield> => {
    const self = { instance: 'a7', read: () => assert.fail('nobody asks for figures') };
    const ports = { ...createPorts({ settingsFolder: folder.path, environment }), self };
    return exposition.collect({
      job: 'nodes',
      subject: 'hexi',
      settings: exposition.settings.parse({ timeout: '400ms', ...settings }),
      state: new SampleTimes(),
      ports,
      startedAt: '2026-11-04T00:00:00.000Z',
      signal: new AbortController().signal,
      ...more,
    });
  };
  /** What a run brings, also one that failed because no target gave its page. */
  const collect = (...asked: Parameters<typeof run>): Promise<CollectorYield> =>
    run(...asked).catch((error: unknown) => {
      if (error instanceof CollectorFault && error.brought) return error.brought;
      throw error;
    });
  const named = (name: string) => ({ url: `${base}/${name}`, instance: name });
  const valuesOf = ({ readings }: CollectorYield, metric: string) =>
    Object.fromEntries(
      readings.filter((each) => each.metric === metric).map(({ labels, value }) => [labels.instance, value]),
    );

  it('reads plain, gzip and OpenMetrics pages under the instance of their target', async () => {
    const got = await collect({ targets: [named('good'), named('gzip'), `${base}/openmetrics`] });
    const instance = base.replace('http://', '');
    const own = got.readings.filter(({ metric }) => !/^(up|scrape_)/.test(metric));
    assert.deepEqual(own, [
      {
        metric: 'load',
        labels: { exported_instance: 'x', job: 'y', instance: 'good' },
        at: '2026-11-04T00:00:00.000Z',
        value: 2.5,
      },
      { metric: 'load', labels: { instance: 'gzip' }, at: '2026-11-04T00:00:00.000Z', value: 3.5 },
      { metric: 'jobs_total', labels: { instance }, at: '2026-11-04T00:00:00.000Z', value: 17 },
    ]);
    assert.deepEqual(got.types, {
      load: { type: 'gauge', help: '' },
      jobs_total: { type: 'counter', help: 'Done.' },
    });
    assert.deepEqual(valuesOf(got, 'up'), { good: 1, gzip: 1, [instance]: 1 });
    assert.deepEqual(got.gaps, []);
  });

  it('says of each bad target why it is down, while the others go on', async () => {
    const bad = ['hang', 'drip', 'endless', 'html', 'cut', 'malformed', 'error'];
    const down = `http://127.0.0.1:${await freePort()}/metrics`;
    const targets = [{ url: down, instance: 'down' }, ...bad.map(named), named('good')];
    const got = await collect({ targets, maxMegabytes: 0.5, concurrency: 16 });
    const expected = Object.fromEntries(['down', ...bad].map((name) => [name, 0]));
    assert.deepEqual(valuesOf(got, 'up'), { ...expected, good: 1 });
    assert.deepEqual(valuesOf(got, 'load'), { good: 2.5 });
    assert.deepEqual(valuesOf(got, 'scrape_samples_scraped'), { ...expected, cut: 1, malformed: 1, good: 1 });
    const reasons = Object.fromEntries(
      (got.gaps ?? []).map(({ labels, reason }) => [labels.instance, reason.en]),
    );
    assert.deepEqual(Object.keys(reasons), ['down', ...bad]);
    assert.equal(reasons.html, 'line 1 is malformed (a metric name is expected): "<html>Welcome</html>"');
    assert.equal(reasons.cut, '# EOF is missing after line 1: the page is cut short');
    assert.equal(reasons.malformed, 'line 2 is malformed (a label name is expected): "speed{ 2"');
    assert.equal(reasons.error, 'the server answered with status 503');
    for (const name of ['down', 'hang', 'drip', 'endless']) assert.match(reasons[name] ?? '', /127\.0\.0\.1/);
  });

  it('fails where no target gives its page, with the first reason, and keeps that they are down', async () => {
    const one = await rejectionOf(run({ targets: [named('error')] }));
    assert.ok(one instanceof CollectorFault);
    assert.equal(one.reason.zh, '应答状态为 503');
    assert.match(one.remedy?.en ?? '', /credentials/);
    assert.deepEqual(valuesOf(one.brought ?? { readings: [] }, 'up'), { error: 0 });
    for (const name of ['unknown', 'forbidden']) {
      const closed = await rejectionOf(run({ targets: [named(name)] }));
      assert.ok(closed instanceof CollectorFault);
      assert.match(closed.remedy?.en ?? '', /^the target wants credentials or refuses ours: check auth/);
    }
    const both = await rejectionOf(run({ targets: [named('error'), named('html')] }));
    assert.ok(both instanceof CollectorFault);
    assert.deepEqual(both.reason, {
      zh: `2 个目标均未采到，其中 ${base}/error：应答状态为 503`,
      en: `none of the 2 targets gave a page; ${base}/error: the server answered with status 503`,
    });
    assert.deepEqual(
      (both.brought?.gaps ?? []).map(({ labels }) => labels.instance),
      ['error', 'html'],
    );
    assert.deepEqual(valuesOf(await run({ targets: [named('error'), named('good')] }), 'up'), {
      error: 0,
      good: 1,
    });
  });

  it('refuses another content type where no fallback is wanted', async () => {
    const got = await collect({ targets: [named('html')], fallbackFormat: 'none' });
    assert.deepEqual(got.gaps?.[0]?.reason, {
      zh: '内容类型 "text/html" 既不是 Prometheus 文本也不是 OpenMetrics',
      en: 'the content type "text/html" is neither Prometheus text nor OpenMetrics',
    });
  });

  it('counts what is no number, and what comes out of its order', async () => {
    const got = await collect({ targets: [named('nan'), named('dated')] });
    assert.deepEqual(got.dropped, { notFinite: 2, outOfOrder: 1 });
    assert.deepEqual(valuesOf(got, 'depth'), { nan: 7 });
    const dated = got.readings.filter(({ metric }) => metric === 'load').map(({ at, value }) => [at, value]);
    assert.deepEqual(dated, [
      ['2025-11-04T00:00:00.000Z', 1],
      ['2025-11-04T00:01:40.000Z', 3],
    ]);
    assert.deepEqual(valuesOf(got, 'scrape_samples_post_metric_relabeling'), { nan: 3, dated: 3 });
  });

  it('refuses a target with more samples than allowed and counts them all', async () => {
    const got = await collect({ targets: [named('many')], maxSamples: 11 });
    assert.deepEqual(valuesOf(got, 'load'), {});
    assert.deepEqual(valuesOf(got, 'scrape_samples_scraped'), { many: 12 });
    assert.equal(got.gaps?.[0]?.reason.en, '12 samples after relabelling where maxSamples allows 11');
  });

  it('relabels before it counts what is left', async () => {
    const metricRelabel = [
      { sourceLabels: ['i'], regex: '1[0-9]', action: 'drop' },
      { sourceLabels: ['job', 'i'], separator: '/', targetLabel: 'place' },
      { regex: 'i', action: 'labeldrop' },
    ];
    const got = await collect({ targets: [named('many')], metricRelabel });
    assert.deepEqual(got.readings[9]?.labels, { instance: 'many', place: 'nodes/9' });
    assert.deepEqual(valuesOf(got, 'scrape_samples_post_metric_relabeling'), { many: 10 });
    assert.deepEqual(got.dropped, { relabelled: 2 });
  });

  it('does not take in the page of its own program again, only that of another', async () => {
    const got = await collect({ targets: [named('own'), named('other')] });
    assert.deepEqual(valuesOf(got, 'load'), { other: 7.5 });
    assert.deepEqual(valuesOf(got, 'up'), { own: 0, other: 1 });
    const [own, ...others] = got.gaps ?? [];
    assert.equal(others.length, 0);
    assert.match(own?.reason.en ?? '', /^this is the \/metrics of this CityGauge itself/);
    assert.match(own?.remedy?.en ?? '', /take the target out of the job/);
  });

  it('refuses series that were scraped and exposed before, whose labels would grow without end', async () => {
    const got = await collect({ targets: [named('returned'), named('twice')] });
    assert.deepEqual(valuesOf(got, 'load'), {});
    assert.deepEqual(
      (got.gaps ?? []).map(({ reason }) => /it would get the label (\S+),/.exec(reason.en)?.[1]),
      ['exported_exported_job', 'exported_exported_place'],
    );
    const metricRelabel = [{ regex: 'exported_.+', action: 'labeldrop' }];
    const cleaned = await collect({ targets: [named('returned'), named('twice')], metricRelabel });
    assert.deepEqual(valuesOf(cleaned, 'load'), { returned: 7.5, twice: 7.5 });
  });

  it('wants targets that can be told apart', () => {
    const faults = (targets: readonly unknown[]) =>
      exposition.settings.safeParse({ targets }).error?.issues.map(({ path }) => path.join('.')) ?? [];
    const [page, other] = ['http://a.example/metrics', 'http://a.example:80/more'];
    assert.deepEqual(faults([page, other]), ['targets.1']);
    assert.deepEqual(faults([page, { url: other, labels: { part: 'more' } }]), []);
    assert.deepEqual(faults([page, { url: other, instance: 'a-more' }]), []);
    assert.deepEqual(faults(['http://:word@a.example/metrics']), ['targets.0']);
  });

  it('says that a secret cannot stand in a header, and not what it is', async () => {
    const auth = { bearer: { env: 'TOKEN' } };
    const fault = await rejectionOf(collect({ targets: [named('good')], auth }, { TOKEN: 'ab12\nx: y' }));
    assert.ok(fault instanceof InputError);
    assert.match(fault.message, /^the environment variable TOKEN, named as a secret, holds a line end/);
    assert.doesNotMatch(fault.message, /ab12/);
  });

  it('shows who it is by a token or a password that stand elsewhere', async () => {
    seen.length = 0;
    const environment = { TOKEN: 't0ken', PASSWORD: 'pass' };
    await collect({ targets: [named('good')], auth: { bearer: { env: 'TOKEN' } } }, environment);
    const basic = { user: 'reader', password: { env: 'PASSWORD' } };
    await collect({ targets: [named('good')], auth: { basic } }, environment);
    assert.deepEqual(seen, ['Bearer t0ken', `Basic ${Buffer.from('reader:pass').toString('base64')}`]);
    const fault = await rejectionOf(collect({ targets: [named('good')], auth: { bearer: { env: 'NONE' } } }));
    assert.match(fault.message, /NONE/);
  });

  it('ends within the time of its run and says which targets it could not ask', async () => {
    const targets = [named('hang'), named('good')];
    const got = await collect({ targets, timeout: '10s', concurrency: 1 }, {}, { timeoutSeconds: 0.3 });
    assert.deepEqual(valuesOf(got, 'up'), { hang: 0 });
    assert.deepEqual(
      (got.gaps ?? []).map(({ labels, reason }) => [labels.instance, /time of the run/.test(reason.en)]),
      [
        ['hang', false],
        ['good', true],
      ],
    );
  });

  it('reads over TLS with an authority of its own and tells how long the certificate lasts', async function () {
    const certificates = makeCertificates(this, folder.path);
    const { certificate, key } = certificates.valid;
    const pair = { cert: readFileSync(certificate), key: readFileSync(key) };
    const secure = createSecureServer(pair, (_, response) =>
      response.writeHead(200, plain).end('load 4.5\n'),
    );
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const target = { url: `https://127.0.0.1:${(secure.address() as AddressInfo).port}/`, instance: 'tls' };
    try {
      const trusted = await collect({ targets: [target], tls: { ca: certificates.ca }, timeout: '5s' });
      assert.deepEqual(valuesOf(trusted, 'load'), { tls: 4.5 });
      assert.equal(Math.round(trusted.targets?.[0]?.certificateDays ?? 0), 90);
      const unknown = await collect({ targets: [target], timeout: '5s' });
      assert.deepEqual(valuesOf(unknown, 'up'), { tls: 0 });
      assert.match(unknown.gaps?.[0]?.reason.zh ?? '', /^TLS 握手失败：/);
    } finally {
      secure.closeAllConnections();
      secure.close();
    }
  });
});
