import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { provisioningFiles } from '../../dashboards/grafana/build.ts';
import { run, runIn } from '../cli/run.ts';
import { scratchFolder } from '../scratch-folder.ts';

const root = join(import.meta.dirname, '../..');

interface Provider {
  readonly folder: string;
  readonly folderUid: string;
  readonly options: { readonly path: string };
}

describe('building a provisioning folder for Grafana', () => {
  const folder = scratchFolder();
  const build = (...options: string[]) =>
    run(folder.path, '--json', 'dashboards', 'build', '--out', 'grafana', ...options);
  const file = (path: string) => join(folder.path, 'grafana', path);
  const yaml = (path: string) => parse(readFileSync(file(path), 'utf8')) as Record<string, unknown>;

  it('writes a file per dashboard under its uid, the provider and the data source, and nothing the second time', async () => {
    const first = JSON.parse((await build()).stdout);
    assert.deepEqual([first.written.length, first.unchanged, first.removed], [11, [], []]);
    for (const name of readdirSync(file('dashboards/citygauge'))) {
      const { uid, timezone } = JSON.parse(readFileSync(file(`dashboards/citygauge/${name}`), 'utf8'));
      assert.deepEqual([`${uid}.json`, timezone], [name, 'Asia/Shanghai']);
    }
    const before = statSync(file('dashboards/citygauge/citygauge-cloud.json')).mtimeMs;
    const second = JSON.parse((await build()).stdout);
    assert.deepEqual([second.written, second.unchanged.length], [[], 11]);
    assert.equal(statSync(file('dashboards/citygauge/citygauge-cloud.json')).mtimeMs, before);
    assert.deepEqual(
      readdirSync(file('dashboards/citygauge')).filter((name) => !/^citygauge-[a-z-]+\.json$/.test(name)),
      [],
    );
  });

  it('tells Grafana where the files lie and where Prometheus is', async () => {
    await build('--path', '/srv/看板/$1', '--prometheus', 'https://prometheus.example.org/city/');
    const [provider] = yaml('dashboards/citygauge.yaml').providers as readonly Provider[];
    assert.deepEqual(
      [provider?.folder, provider?.folderUid, provider?.options.path],
      ['城衡 CityGauge', 'citygauge', '/srv/看板/$$1'],
    );
    const [source] = yaml('datasources/citygauge.yaml').datasources as readonly Record<string, unknown>[];
    assert.deepEqual(
      [source?.uid, source?.type, source?.url],
      ['citygauge-prometheus', 'prometheus', 'https://prometheus.example.org/city'],
    );
  });

  it('takes away dashboards of earlier builds, and nothing that is not its own', async () => {
    await build();
    writeFileSync(file('dashboards/citygauge/citygauge-of-old.json'), '{}');
    writeFileSync(file('dashboards/citygauge/mine.json'), '{}');
    const { removed } = JSON.parse((await build()).stdout);
    assert.deepEqual(removed, ['dashboards/citygauge/citygauge-of-old.json']);
    assert.ok(existsSync(file('dashboards/citygauge/mine.json')));
  });

  it('is in the language and zone that are asked for, with links to where CityGauge is', async () => {
    const argv = ['--lang', 'en', '--time-zone', 'Europe/Berlin', 'dashboards', 'build', '--out', 'english'];
    const { stdout } = await run(folder.path, ...argv, '--link-base', 'https://gauge.example.org/');
    assert.match(stdout, /^\+ dashboards\/citygauge\/citygauge-cloud\.json$/m);
    assert.match(stdout, /11 files written, 0 unchanged, 0 removed\n$/);
    const cloud = readFileSync(
      join(folder.path, 'english/dashboards/citygauge/citygauge-cloud.json'),
      'utf8',
    );
    assert.match(cloud, /"timezone": "Europe\/Berlin"/);
    assert.match(cloud, /"url": "https:\/\/gauge\.example\.org\/modules\/cloud"/);
  });

  it('refuses a folder that is a file, and addresses that are none or hold a password', async () => {
    folder.write('taken', '');
    const taken = await run(folder.path, 'dashboards', 'build', '--out', 'taken');
    assert.equal(taken.exitCode, 2);
    assert.match(taken.stderr, /--out .*taken: a part of the path is no folder: name a folder/);
    const wrong = await build('--link-base', 'gauge.example.org');
    assert.match(wrong.stderr, /--link-base "gauge.example.org" is no URL/);
    const environment = { PROMETHEUS_URL: 'http://reader:hunter2@127.0.0.1:9090' };
    const secret = await runIn(folder.path, { environment }, 'dashboards', 'build', '--out', 'x');
    assert.match(secret.stderr, /PROMETHEUS_URL holds a user or password/);
    assert.ok(!secret.stderr.includes('hunter2') && !existsSync(join(folder.path, 'x')));
  });
});

describe('the provisioning folder of the compose file', () => {
  it('is what is built; else: npm run -s citygauge -- dashboards build --out deploy/grafana/provisioning', () => {
    const files = provisioningFiles(
      { language: 'zh', timeZone: 'Asia/Shanghai', linkBase: 'http://127.0.0.1:8080' },
      {
        dashboardPath: '/etc/grafana/provisioning/dashboards/citygauge',
        prometheusUrl: 'http://127.0.0.1:9090',
      },
    );
    const provisioning = join(root, 'deploy/grafana/provisioning');
    const found = readdirSync(provisioning, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    assert.equal(found.length, files.size);
    for (const [path, text] of files)
      assert.equal(readFileSync(join(provisioning, path), 'utf8'), text, path);
    const compose = readFileSync(join(root, 'compose.yaml'), 'utf8');
    assert.match(compose, /\.\/deploy\/grafana\/provisioning:\/etc\/grafana\/provisioning:ro/);
  });
});
