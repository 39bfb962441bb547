import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { type Ran, runIn } from '../cli/run.ts';
import { FakeGrafanaServer, type SeenRequest } from '../fake-grafana-server.ts';
import { freePort } from '../free-port.ts';

type Refusal = readonly [status: number, body: string, headers?: Readonly<Record<string, string>>];
const json = (status: number, message: string): Refusal => [
  status,
  JSON.stringify({ message }),
  { 'content-type': 'application/json' },
];

describe('a push that Grafana does not take', () => {
  let grafana: FakeGrafanaServer;
  let url: string;

  beforeEach(async () => {
    grafana = new FakeGrafanaServer();
    url = await grafana.start();
  });
  afterEach(() => grafana.stop());

  async function pushTo(target: string, token: string | undefined, ...options: string[]): Promise<Ran> {
    const environment = token === undefined ? {} : { GRAFANA_TOKEN: token };
    const argv = ['--lang', 'en', 'dashboards', 'push', '--url', target, ...options];
    const ran = await runIn(tmpdir(), { environment }, ...argv);
    for (const text of [ran.stdout, ran.stderr]) assert.ok(!text.includes('_secret'), text);
    assert.ok(!/internal fault/.test(ran.stderr), ran.stderr);
    return ran;
  }
  const push = (...options: string[]) => pushTo(url, grafana.token, ...options);

  /** Answers like this from the first request on that fits. */
  function refuse(fits: (request: SeenRequest) => boolean, [status, body, headers = {}]: Refusal): void {
    grafana.intercept = (request, response: ServerResponse) => {
      if (!fits(request)) return false;
      response.writeHead(status, headers);
      response.end(body);
      return true;
    };
  }
  const always = () => true;

  async function faultOf(...options: string[]): Promise<string> {
    const { exitCode, stderr, stdout } = await push(...options);
    assert.deepEqual([exitCode, stdout], [2, '']);
    return stderr;
  }

  it('401: names the variable of the token, and stops at once', async () => {
    const { exitCode, stderr } = await pushTo(url, 'glsa_other_secret');
    assert.equal(exitCode, 2);
    assert.match(
      stderr,
      /read the folder "CityGauge": it answered 401 \(“Invalid API key”\): GRAFANA_TOKEN must/,
    );
    assert.match(stderr, /done all the same: nothing; 0 unchanged; 10 not tried/);
    assert.equal(grafana.seen.length, 1);
  });

  it('403: names the roles that are needed', async () => {
    refuse(({ method }) => method === 'POST', json(403, 'You will need additional permissions'));
    assert.match(
      await faultOf(),
      /would not create the folder .* 403 .*role Editor .* Admin for data sources/,
    );
  });

  it('403 of the data source alone, as for an editor or one from a file: the dashboards go on', async () => {
    refuse(({ method, path }) => method === 'POST' && path === '/api/datasources', json(403, 'no'));
    assert.match(await faultOf(), /would not create the data source .* 403/);
    assert.equal(grafana.dashboards.size, 9);
    const source = { uid: 'citygauge-prometheus', name: 'Prometheus', url: 'http://x', readOnly: true };
    grafana.dataSources.set('citygauge-prometheus', source);
    assert.match(await faultOf(), /"Prometheus" is provisioned from a file .*nothing; 10 unchanged/s);
  });

  it('404 in writing: doubts the address', async () => {
    refuse(({ method }) => method === 'POST', json(404, 'Not found'));
    assert.match(await faultOf(), /404 .*the root of Grafana with its sub-path/);
  });

  it('404 of a server that is no Grafana', async () => {
    refuse(always, [404, '<html>nginx</html>']);
    assert.match(await faultOf('--dry-run'), /did not answer as Grafana does .*\(a 404 without JSON\)/);
  });

  it('409: another data source has the name; the dashboards go on', async () => {
    grafana.dataSources.set('other', { uid: 'other', name: 'Prometheus' });
    const stderr = await faultOf();
    assert.match(
      stderr,
      /would not create the data source "Prometheus": it answered 409 .*same name already exists.*rename or remove/,
    );
    assert.match(stderr, /done all the same: created "CityGauge", created "COO scorecard"/);
    assert.equal(grafana.dashboards.size, 9);
  });

  it('409: another folder has the title; nothing can lie in ours then', async () => {
    grafana.folders.set('other', { uid: 'other', title: 'CityGauge', version: 1 });
    assert.match(await faultOf(), /create the folder "CityGauge": it answered 409[\s\S]*10 not tried/);
    assert.equal(grafana.dashboards.size, 0);
  });

  it('422 and 400 of one dashboard: says what Grafana says, and pushes the others', async () => {
    let posts = 0;
    refuse(({ path }) => path === '/api/dashboards/db' && ++posts === 2, json(422, 'bad unit'));
    const stderr = await faultOf();
    assert.match(
      stderr,
      /create the dashboard "Operations overview": it answered 422 \(“bad unit”\): this version/,
    );
    assert.equal(grafana.dashboards.size, 8);
  });

  it('a dashboard provisioned from files is left to them', async () => {
    await push();
    const cloud = grafana.dashboards.get('citygauge-cloud') ?? assert.fail();
    grafana.dashboards.set('citygauge-cloud', { ...cloud, provisioned: true });
    assert.equal((await push()).exitCode, 0);
    grafana.editByHand('citygauge-cloud', { refresh: '1s' });
    assert.match(
      await faultOf(),
      /"Cloud and infrastructure" is provisioned from a file .*build the files anew/,
    );
  });

  it('500 half-way: stops, says what was done, and the next push goes on from there', async () => {
    let posts = 0;
    refuse(({ path }) => path === '/api/dashboards/db' && ++posts > 3, json(500, 'database is locked'));
    const stderr = await faultOf();
    assert.match(
      stderr,
      /create the dashboard "SLO detail": it answered 500 \(“database is locked”\): its own log/,
    );
    assert.match(
      stderr,
      /created "COO scorecard", created "Operations overview", created "Service level objectives"; 0 unchanged; 5 not tried/,
    );
    grafana.intercept = () => false;
    assert.match((await push()).stdout, /6 created, 0 updated, 5 unchanged/);
  });

  it('a redirect to a page of login, followed never', async () => {
    refuse(always, [302, '', { location: '/login' }]);
    assert.match(await faultOf(), /it answered 302, a redirect, as to a page of login/);
    assert.equal(grafana.seen.length, 1);
  });

  it('a page, garbage, JSON of another kind, and an answer without end', async () => {
    const kinds: readonly (readonly [Refusal, RegExp])[] = [
      [[200, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' }], /\(no JSON\)/],
      [[200, '\u0000\u0001{', {}], /\(no JSON\)/],
      [[200, '[1, 2]', {}], /\(JSON without what is due: everything\)/],
      [[200, '{"uid": "citygauge"}', {}], /\(JSON without what is due: title\)/],
      [[200, '', {}], /did not answer as Grafana does/],
      [[200, `"${'x'.repeat(17 * 1024 * 1024)}"`, {}], /\(more than 16 MB\)/],
    ];
    for (const [refusal, pattern] of kinds) {
      refuse(always, refusal);
      assert.match(await faultOf(), pattern);
    }
  });

  it('silence: gives up after the time-out, also in the middle of an answer', async () => {
    grafana.intercept = () => true;
    assert.match(
      await faultOf('--timeout', '0.2'),
      /did not read the folder "CityGauge" within 0.2 s: .*--timeout/,
    );
    grafana.intercept = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"uid":');
      return true;
    };
    assert.match(await faultOf('--timeout', '0.2'), /within 0.2 s/);
  });

  it('a connection that is refused or torn', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const { stderr } = await pushTo(nowhere, grafana.token);
    assert.match(stderr, /cannot be reached to read the folder "CityGauge" \(ECONNREFUSED\): look at --url/);
    grafana.intercept = (_, response) => {
      response.destroy();
      return true;
    };
    assert.match(await faultOf(), /cannot be reached/);
  });

  it('repeats no token that the server echoes', async () => {
    refuse(always, json(401, `bad token ${grafana.token}`));
    assert.match(await faultOf(), /bad token \[token\]/);
    const encoded = encodeURIComponent(grafana.token);
    assert.notEqual(encoded, grafana.token);
    refuse(always, json(401, `/login?token=${encoded}`));
    assert.match(await faultOf(), /token=\[token\]”/);
  });
});

describe('the token of a push', () => {
  const push = (url: string, token: string | undefined, ...options: string[]) =>
    runIn(
      tmpdir(),
      { environment: token === undefined ? {} : { GRAFANA_TOKEN: token } },
      ...['dashboards', 'push', '--url', url, ...options],
    );

  it('goes over https or to this machine alone, unless told otherwise', async () => {
    const { exitCode, stderr } = await push('http://grafana.example.invalid', 'glsa_x_secret');
    assert.equal(exitCode, 2);
    assert.match(stderr, /would travel unencrypted: use https, or allow it with --plain-http/);
    const stopped = AbortSignal.abort();
    const environment = { GRAFANA_TOKEN: 'glsa_x_secret' };
    const argv = ['dashboards', 'push', '--url', 'http://grafana.example.invalid', '--plain-http'];
    const allowed = await runIn(tmpdir(), { environment, signal: stopped }, ...argv);
    assert.match(allowed.stderr, /interrupted before Grafana could read the folder/);
  });

  it('is asked for when it is missing, and refused without being shown when it cannot be one', async () => {
    assert.match((await push('http://127.0.0.1:3000', undefined)).stderr, /GRAFANA_TOKEN is not set/);
    const { stderr } = await push('http://127.0.0.1:3000', 'glsa_a\nglsa_secret');
    assert.match(stderr, /GRAFANA_TOKEN holds characters that no token has/);
    assert.ok(!stderr.includes('secret'));
  });

  it('does not stand in the address', async () => {
    const { stderr } = await push('https://admin:secret@grafana.example.org', 'glsa_x_secret');
    assert.match(stderr, /--url holds a user or password/);
    assert.ok(!stderr.includes('secret'));
    assert.match((await push('grafana', 'x')).stderr, /--url "grafana" is no URL/);
    assert.match((await push('http://127.0.0.1:3000', 'x', '--timeout', '0')).stderr, /--timeout "0"/);
  });
});
