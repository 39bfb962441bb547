import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import type { PushOutcome } from '../../dashboards/grafana/push.ts';
import { runIn } from '../cli/run.ts';
import { FakeGrafanaServer } from '../fake-grafana-server.ts';

describe('pushing dashboards to a Grafana', () => {
  let grafana: FakeGrafanaServer;
  let url: string;

  beforeEach(async () => {
    grafana = new FakeGrafanaServer();
    url = await grafana.start();
  });
  afterEach(() => grafana.stop());

  const pushWith = (environment: Readonly<Record<string, string>>, ...options: string[]) =>
    runIn(tmpdir(), { environment }, '--lang', 'en', ...['dashboards', 'push', '--url', url, ...options]);
  const push = (...options: string[]) => pushWith({ GRAFANA_TOKEN: grafana.token }, ...options);

  async function outcomes(...options: string[]): Promise<readonly PushOutcome[]> {
    const environment = { GRAFANA_TOKEN: grafana.token };
    const argv = ['--json', '--lang', 'en', 'dashboards', 'push', '--url', url, ...options];
    const { stdout, stderr, exitCode } = await runIn(tmpdir(), { environment }, ...argv);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as readonly PushOutcome[];
  }
  const actions = (all: readonly PushOutcome[]) =>
    Object.fromEntries(
      Object.entries(Object.groupBy(all, ({ action }) => action)).map(([action, of]) => [action, of?.length]),
    );

  it('creates the folder, the data source and every dashboard in it', async () => {
    assert.deepEqual(actions(await outcomes()), { create: 11 });
    assert.deepEqual([...grafana.folders.values()], [{ uid: 'citygauge', title: 'CityGauge', version: 1 }]);
    const source = grafana.dataSources.get('citygauge-prometheus');
    assert.deepEqual(
      [source?.type, source?.url, source?.access],
      ['prometheus', 'http://127.0.0.1:9090', 'proxy'],
    );
    assert.equal(grafana.dashboards.size, 9);
    for (const { folderUid, version, message } of grafana.dashboards.values()) {
      assert.deepEqual([folderUid, version], ['citygauge', 1]);
      assert.match(message, /^citygauge \S+ dashboards push$/);
    }
  });

  it('changes nothing the second time, and says so', async () => {
    await push();
    const before = grafana.writes.length;
    const { stdout, exitCode } = await push();
    assert.equal(exitCode, 0);
    assert.match(stdout, /same as in Grafana, nothing changed\n$/);
    assert.equal(grafana.writes.length, before);
  });

  it('shows in a dry run what would be done, and writes nothing', async () => {
    const first = await push('--dry-run');
    assert.match(first.stdout, /^to create folder CityGauge \(citygauge\)$/m);
    assert.match(first.stdout, /dry run, nothing was written: 11 to create, 0 to update, 0 unchanged/);
    assert.deepEqual(grafana.writes, []);
    await push();
    grafana.editByHand('citygauge-cloud', { title: 'Cloud, by hand', refresh: '1s' });
    const written = grafana.writes.length;
    const second = await push('--dry-run');
    assert.match(second.stdout, /^ {4}refresh: "1s" -> "5m"$/m);
    assert.match(second.stdout, /^ {4}title: "Cloud, by hand" -> "Cloud and infrastructure"$/m);
    assert.match(second.stdout, /0 to create, 1 to update, 10 unchanged/);
    assert.equal(grafana.writes.length, written);
  });

  it('leaves what somebody saved in Grafana alone, pushes the others, and takes it back when told to', async () => {
    await push();
    grafana.editByHand('citygauge-cloud', { title: 'Cloud, by hand' });
    const { exitCode, stderr } = await push('--time-zone', 'Europe/Berlin');
    assert.equal(exitCode, 2);
    assert.match(stderr, /"Cloud and infrastructure" was saved in Grafana by li\.na since it was pushed/);
    assert.match(stderr, /done all the same: updated "COO scorecard", .*; 2 unchanged\n$/);
    assert.equal(grafana.dashboards.get('citygauge-cloud')?.json.title, 'Cloud, by hand');
    assert.deepEqual(actions(await outcomes('--time-zone', 'Europe/Berlin', '--force')), {
      update: 1,
      unchanged: 10,
    });
    const cloud = grafana.dashboards.get('citygauge-cloud');
    assert.deepEqual([cloud?.json.title, cloud?.version], ['Cloud and infrastructure', 3]);
  });

  it('follows a change of language, of zone, and of the place of the PromQL server', async () => {
    await push();
    const environment = { GRAFANA_TOKEN: grafana.token, PROMETHEUS_URL: 'http://prometheus.internal:9090/' };
    const options = ['--lang', 'zh', '--time-zone', 'Asia/Urumqi'];
    const ran = await runIn(tmpdir(), { environment }, ...options, 'dashboards', 'push', '--url', url);
    assert.equal(ran.exitCode, 0, ran.stderr);
    assert.match(ran.stdout, /创建 0 项，更新 11 项，未变 0 项/);
    assert.equal(grafana.folders.get('citygauge')?.title, '城衡 CityGauge');
    assert.equal(grafana.dataSources.get('citygauge-prometheus')?.url, 'http://prometheus.internal:9090');
    assert.equal(grafana.dashboards.get('citygauge-slo-list')?.json.timezone, 'Asia/Urumqi');
  });

  it('keeps what else the data source holds', async () => {
    await push();
    const source = grafana.dataSources.get('citygauge-prometheus') ?? {};
    const jsonData = { ...(source.jsonData as object), tlsSkipVerify: false, timeInterval: '1m' };
    grafana.dataSources.set('citygauge-prometheus', { ...source, jsonData, basicAuthUser: 'reader' });
    assert.deepEqual(actions(await outcomes()), { update: 1, unchanged: 10 });
    const after = grafana.dataSources.get('citygauge-prometheus');
    assert.deepEqual(after?.jsonData, { httpMethod: 'POST', timeInterval: '15s', tlsSkipVerify: false });
    assert.equal(after?.basicAuthUser, 'reader');
  });

  it('does not overwrite what somebody saves between reading and writing, unless it is told to', async () => {
    await push();
    let isRead = false;
    grafana.intercept = ({ method, path }) => {
      isRead ||= path === '/api/dashboards/uid/citygauge-cloud/versions';
      if (method === 'POST' && isRead) grafana.editByHand('citygauge-cloud', { title: 'mine' });
      return false;
    };
    const { exitCode, stderr } = await push('--time-zone', 'Europe/Berlin');
    assert.equal(exitCode, 2);
    assert.match(stderr, /would not update the dashboard "Cloud and infrastructure": it answered 412/);
    assert.match(stderr, /changed by someone else.*overwrite it with --force/);
    assert.equal(grafana.dashboards.get('citygauge-cloud')?.json.title, 'mine');
    grafana.intercept = () => false;
    assert.equal((await push('--force')).exitCode, 0);
    assert.equal(grafana.dashboards.get('citygauge-cloud')?.json.title, 'Cloud and infrastructure');
  });
});
