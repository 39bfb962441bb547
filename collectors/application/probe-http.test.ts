import assert from 'node:assert/strict';
import { freePort } from '../../test/free-port.ts';
import { type MischiefServer, startMischiefServer } from '../../test/mischief-server.ts';
import { type NginxServer, startNginxServer } from '../../test/nginx-server.ts';
import { readingValue, runOnce, targetTexts } from '../../test/probe-run.ts';
import { probeHttp } from './probe-http.ts';

describe('probe-http on nginx', function () {
  this.timeout(20_000);
  let nginx: NginxServer;
  before(async function () {
    nginx = await startNginxServer(this);
  });
  after(() => nginx?.stop());

  /** The one target's line. */
  async function look(path: string, settings: object = {}): Promise<string | undefined> {
    const seen = await runOnce(probeHttp, { targets: [`${nginx.url}${path}`], retries: 0, ...settings });
    return Object.values(targetTexts(seen))[0];
  }

  it('yields success, duration, phases, attempts and status', async () => {
    const target = { url: `${nginx.url}/`, name: 'portal', labels: { layer: 'web' } };
    const seen = await runOnce(probeHttp, { targets: [target] });
    const [first] = seen.readings;
    assert.deepEqual(first?.labels, { layer: 'web', target: 'portal', kind: 'http' });
    assert.deepEqual(
      [
        readingValue(seen, 'citygauge_probe_success'),
        readingValue(seen, 'citygauge_probe_attempts'),
        readingValue(seen, 'citygauge_probe_http_status_code', { target: 'portal' }),
      ],
      [1, 1, 200],
    );
    const duration = readingValue(seen, 'citygauge_probe_duration_seconds') ?? 0;
    const phases = ['connect', 'processing', 'transfer'].map(
      (phase) => readingValue(seen, 'citygauge_probe_phase_duration_seconds', { phase }) ?? Number.NaN,
    );
    assert.ok(phases.reduce((sum, each) => sum + each, 0) <= duration);
    assert.deepEqual(seen.gaps, []);
    assert.deepEqual(targetTexts(seen), { portal: 'up: HTTP 200, 23 bytes' });
  });

  const judged: readonly (readonly [what: string, path: string, settings: object, line: RegExp])[] = [
    ['a status', '/busy', {}, /^down: status 503 instead of 2xx$/],
    ['a status that is expected', '/busy', { status: ['2xx', '500-503'] }, /^up: HTTP 503, 10 bytes$/],
    ['a body', '/', { bodyMatches: ['all (well|good)$'], bodyMatchesNot: ['error'] }, /^up/],
    [
      'a body that lacks something',
      '/',
      { bodyMatches: ['maintenance'] },
      /^down: the body does not match maintenance$/,
    ],
    [
      'a body with too much',
      '/',
      { bodyMatchesNot: ['we.l'] },
      /^down: the body matches we\.l, which it should not$/,
    ],
    [
      'a JSON value',
      '/status.json',
      {
        json: [
          { path: '$.status', equals: 'up' },
          { path: '$.queues[*].depth', atMost: 12 },
        ],
      },
      /^up/,
    ],
    [
      'each value that a JSON path finds',
      '/status.json',
      { json: [{ path: '$..depth', atMost: 11 }] },
      /^down: the JSON has 12 at \$\.\.depth instead of at most 11$/,
    ],
    [
      'a JSON path that finds nothing',
      '/status.json',
      { json: [{ path: '$.version' }] },
      /^down: the JSON has nothing at \$\.version$/,
    ],
    [
      'a body that is no JSON',
      '/',
      { json: [{ path: '$' }] },
      /^down: the body is no JSON \(content type text\/plain\)$/,
    ],
    [
      'a content type',
      '/',
      { contentType: 'application/json' },
      /^down: content type text\/plain instead of application\/json$/,
    ],
    [
      'a redirect that is followed',
      '/moved',
      {},
      /^up: HTTP 200, 78 bytes, redirected to http:.*\/status\.json$/,
    ],
    ['a redirect that is kept', '/moved', { redirects: 'keep', status: [302] }, /^up: HTTP 302/],
    [
      'a redirect that is refused',
      '/moved',
      { redirects: 'refuse', status: ['3xx'] },
      /^down: the answer redirects to .*\/status\.json$/,
    ],
    ['redirects without end', '/loop', { maxRedirects: 3 }, /^down: status 302 instead of 2xx$/],
    ['a page that asks who we are', '/private', {}, /^down: status 401/],
  ];
  for (const [what, path, settings, line] of judged) {
    it(`judges ${what}`, async () => {
      assert.match((await look(path, settings)) ?? '', line);
    });
  }

  it('shows who it is with a secret that stands elsewhere', async () => {
    const auth = { basic: { user: 'city', password: { env: 'PORTAL' } } };
    const settings = { targets: [`${nginx.url}/private`], auth };
    const seen = await runOnce(probeHttp, settings, { environment: { PORTAL: 'gauge-secret' } });
    assert.equal(readingValue(seen, 'citygauge_probe_success'), 1);
    await assert.rejects(runOnce(probeHttp, settings, { environment: {} }), /environment variable PORTAL/);
  });

  it('probes over both versions of IP', async () => {
    const port = new URL(nginx.url).port;
    const targets = [`http://127.0.0.1:${port}/`, `http://[::1]:${port}/`];
    const seen = await runOnce(probeHttp, { targets, ipVersion: 'both' });
    assert.deepEqual(
      seen.targets?.map(({ target, isUp }) => [target, isUp]),
      [
        [`http://127.0.0.1:${port}/ (IPv4)`, true],
        [`http://[::1]:${port}/ (IPv6)`, true],
      ],
    );
    assert.equal(readingValue(seen, 'citygauge_probe_success', { ip_version: '6' }), 1);
  });

  it('measures certificates, also those that it refuses', async () => {
    const { valid, expired, wrongName, selfSigned } = nginx.tlsPorts;
    const url = (port: number) => `https://127.0.0.1:${port}/`;
    const seen = await runOnce(probeHttp, {
      targets: [valid, expired, wrongName, selfSigned].map(url),
      tls: { ca: nginx.certificates.ca },
      retries: 0,
    });
    const of = (metric: string, port: number) => readingValue(seen, metric, { target: url(port) });
    assert.deepEqual(
      [valid, expired, wrongName, selfSigned].map((port) => [
        of('citygauge_probe_success', port),
        of('citygauge_certificate_is_trusted', port),
        of('citygauge_certificate_expires_within_30_days', port),
        Math.round(of('citygauge_certificate_remaining_days', port) ?? Number.NaN),
      ]),
      [
        [1, 1, 0, 90],
        [0, 0, 1, -1],
        [0, 0, 0, 90],
        [0, 0, 0, 90],
      ],
    );
    assert.deepEqual(
      seen.gaps?.map(({ metric }) => metric),
      Array(3).fill('citygauge_probe_http_status_code'),
    );
    assert.match(
      targetTexts(seen)[url(expired)] ?? '',
      /^down: the certificate of .* CERT_HAS_EXPIRED .*: renew/,
    );
    const soon = { targets: [url(valid)], tls: { ca: nginx.certificates.ca }, minimumCertificateDays: 91 };
    assert.match(
      Object.values(targetTexts(await runOnce(probeHttp, soon)))[0] ?? '',
      /has (?:89|90) days left/,
    );
  });
});

describe('probe-http on servers that misbehave', () => {
  let server: MischiefServer;
  before(async () => {
    server = await startMischiefServer();
  });
  after(() => server.stop());

  it('counts each as down, tells why, and leaves a gap for what it could not measure', async () => {
    const targets = ['hang', 'drip', 'endless', 'cut', 'html'].map((name) => ({
      name,
      url: `${server.url}/${name}`,
    }));
    const settings = { targets, retries: 0, timeout: '200ms', maxMegabytes: 0.1, contentType: 'text/plain' };
    const seen = await runOnce(probeHttp, settings);
    const reasons = targetTexts(seen);
    assert.deepEqual(
      seen.readings.filter(({ metric }) => metric === 'citygauge_probe_success').map(({ value }) => value),
      [0, 0, 0, 0, 0],
    );
    assert.match(
      reasons.hang ?? '',
      /^down: .*\/hang was not done within 0\.2 s \(while waiting for the answer\)/,
    );
    assert.match(reasons.drip ?? '', /while receiving the answer/);
    assert.match(reasons.endless ?? '', /larger than 100000 bytes/);
    assert.match(reasons.cut ?? '', /closed the connection before its answer was complete/);
    assert.equal(reasons.html, 'down: content type text/html instead of text/plain');
    assert.deepEqual(
      seen.gaps?.map(({ labels }) => labels.target),
      ['hang', 'drip', 'endless', 'cut'],
    );
  });

  it('tries again before a target counts as down', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const seen = await runOnce(probeHttp, { targets: [url], retries: 2, retryPause: '1ms' });
    assert.deepEqual(
      [readingValue(seen, 'citygauge_probe_success'), readingValue(seen, 'citygauge_probe_attempts')],
      [0, 3],
    );
  });

  it('ends a pattern that backtracks without end, and calls the target neither up nor down', async () => {
    const settings = { targets: [`${server.url}/backtracking`], bodyMatches: ['^(a+)+$'], retries: 0 };
    const began = performance.now();
    const seen = await runOnce(probeHttp, settings);
    assert.ok(performance.now() - began < 3000);
    assert.deepEqual(seen.readings, []);
    const [gap] = seen.gaps ?? [];
    assert.deepEqual(
      [gap?.metric, gap?.state, gap?.reason.en],
      [null, 'failed', 'matching the body took longer than 200 ms'],
    );
  });

  it('hands over what it saw when the time of the run is nearly up', async () => {
    const targets = [`${server.url}/html`, `${server.url}/hang`];
    const seen = await runOnce(probeHttp, { targets }, { timeoutSeconds: 0.5 });
    assert.deepEqual(
      seen.targets?.map(({ isUp, detail }) => [isUp, detail.en]),
      [
        [true, 'HTTP 200, 12 bytes'],
        [false, 'the time of the run was up before this target was probed'],
      ],
    );
    assert.deepEqual(
      [seen.gaps?.length, seen.gaps?.[0]?.metric, readingValue(seen, 'citygauge_probe_success')],
      [1, null, 1],
    );
  });
});

describe('the settings of probe-http', () => {
  const faults = (settings: object) => {
    const { error } = probeHttp.settings.safeParse({ targets: ['http://a.example/'], ...settings });
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  };

  it('name what is wrong', () => {
    assert.deepEqual(faults({}), []);
    assert.deepEqual(faults({ json: [{ path: 'status[' }] }), [
      'json.0.path: is no JSONPath (RFC 9535): write for example $.status',
    ]);
    assert.deepEqual(faults({ bodyMatches: ['(a'] }), [
      'bodyMatches.0: is no regular expression of JavaScript (flag u)',
    ]);
    assert.equal(faults({ targets: ['http://user:word@a.example/'] }).length, 1);
    const twice = { url: 'http://a.example/', labels: { layer: 'web' } };
    assert.deepEqual(faults({ targets: ['http://a.example/', twice, 'http://a.example/', twice] }), [
      'targets.2: "http://a.example/" stands twice: give one of them another name or label',
      'targets.3: "http://a.example/" stands twice: give one of them another name or label',
    ]);
    assert.equal(faults({ targets: ['ftp://a.example/'] }).length, 1);
    assert.equal(faults({ status: ['6xx'] }).length, 1);
    assert.equal(faults({ headers: { 'X-A': 'a\r\nB: c' } }).length, 1);
  });
});
