import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectorOutcome } from '../../collectors/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { openStore } from '../../store/open-store.ts';
import { run, runIn } from '../cli/run.ts';
import { freePort } from '../free-port.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { type Exporter, startExporter } from './exporter-server.ts';

const token = 'tide-watch-7731';

describe('the command collect', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let exporter: Exporter;
  let closedPort = 0;
  const environment = { TIDE_TOKEN: token };
  const cg = (...argv: string[]) => runIn(folder.path, { environment }, ...argv);

  const withStore = async <T>(work: (store: EvidenceStore) => Promise<T>): Promise<T> => {
    const store = await openStore({ dataFolder: join(folder.path, 'data') });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const [first, last] = ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z'];
  const levels = async ({ readings }: EvidenceStore) =>
    (await readings.list('tide_level_metres', first, last))
      .map(({ labels, value }) => [labels, value] as const)
      .toSorted(([, a], [, b]) => b - a);

  before(async () => {
    exporter = await startExporter();
    closedPort = await freePort();
    const added = await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    assert.equal(added.exitCode, 0, added.stderr);
    mkdirSync(join(folder.path, 'data'), { recursive: true });
    writeFileSync(
      join(folder.path, 'data', 'telemetry.yaml'),
      `schema: citygauge/telemetry@1
jobs:
  - id: tides
    collector: exposition
    subject: lin
    labels: { layer: sea }
    settings: { targets: ['${exporter.url}/metrics'], auth: { bearer: { env: TIDE_TOKEN } } }
  - id: gone
    collector: exposition
    subject: lin
    settings: { targets: ['http://127.0.0.1:${closedPort}/metrics'] }
  - id: health
    collector: probe-http
    subject: lin
    settings:
      targets: [{ url: '${exporter.url}/health', name: tide-watch, labels: { tier: front } }]
      json: [{ path: $.status, equals: good }]
  - id: locked
    collector: exposition
    subject: lin
    settings: { targets: ['${exporter.url}/metrics'], auth: { bearer: { env: ABSENT_TOKEN } } }
`,
    );
  });
  after(() => exporter.close());

  it('shows with a dry run what the jobs read, and writes nothing', async () => {
    const { exitCode, stdout } = await cg('--lang', 'en', 'collect', 'tides', '--dry-run');
    assert.equal(exitCode, 0);
    assert.match(stdout, /tide_level_metres\{.*station="east".*\} 4\.25/);
    assert.match(stdout, /tides *│ succeeded/);
    assert.match(stdout, /dry run: nothing was written/);
    const kept = await withStore(async (store) => [await levels(store), await store.runs.latest()]);
    assert.deepEqual(kept, [[], []]);
  });

  it('says why a job brought nothing where nothing is possible', async () => {
    const settings = 'settings: { targets: [127.0.0.1] }';
    writeFileSync(
      join(folder.path, 'pings.yaml'),
      `schema: citygauge/telemetry@1\njobs: [{ id: hosts, collector: probe-icmp, subject: lin, every: 1m, ${settings} }]\n`,
    );
    const argv = ['--lang', 'en', 'collect', '--dry-run', '--telemetry', join(folder.path, 'pings.yaml')];
    const { exitCode, stdout } = await runIn(folder.path, { environment: { PATH: folder.path } }, ...argv);
    assert.equal(exitCode, 0);
    assert.match(stdout, /hosts *│ succeeded *│ 0 .*│ [^│]*\bping\b[^│]*│/);
  });

  it('keeps what one job brought although another came to nothing, and exits with 1', async () => {
    const { exitCode, stdout } = await cg('--json', 'collect');
    assert.equal(exitCode, 1);
    const outcomes = JSON.parse(stdout) as CollectorOutcome[];
    assert.deepEqual(
      outcomes.map(({ job, state, dropped }) => [job, state, dropped]),
      [
        ['tides', 'succeeded', { notFinite: 1 }],
        ['gone', 'failed', {}],
        ['health', 'succeeded', {}],
        ['locked', 'failed', {}],
      ],
    );
    const instance = exporter.url.replace('http://', '');
    const labels = { job: 'tides', subject: 'lin', layer: 'sea', instance };
    const kept = await withStore(async (store) => ({
      levels: await levels(store),
      runs: await store.runs.latest(),
      probes: await store.readings.list('citygauge_probe_success', first, last),
      ups: await store.readings.list('citygauge_collector_up', first, last),
    }));
    assert.deepEqual(kept.levels, [
      [{ ...labels, station: 'east' }, 4.25],
      [{ ...labels, station: 'west' }, 3.5],
    ]);
    assert.deepEqual(
      kept.probes.map(({ labels, value }) => [labels, value]),
      [[{ job: 'health', subject: 'lin', target: 'tide-watch', kind: 'http', tier: 'front' }, 1]],
    );
    const { runs, ups } = kept;
    assert.deepEqual(
      runs.map(({ outcome, lastSuccessAt }) => [outcome.job, outcome.state, lastSuccessAt === null]),
      [
        ['gone', 'failed', true],
        ['health', 'succeeded', false],
        ['locked', 'failed', true],
        ['tides', 'succeeded', false],
      ],
    );
    const [gone, , locked] = runs.map(({ outcome }) => outcome);
    assert.match(gone?.error?.en ?? '', new RegExp(`127\\.0\\.0\\.1:${closedPort}`));
    assert.match(locked?.error?.en ?? '', /ABSENT_TOKEN/);
    assert.deepEqual(ups.map(({ labels: { job }, value }) => [job, value]).toSorted(), [
      ['gone', 0],
      ['health', 1],
      ['locked', 0],
      ['tides', 1],
    ]);
  });

  it('says nothing of a secret that a target repeats', async () => {
    exporter.manner = 'refuse';
    const said = await cg('collect', 'tides', '--dry-run', '--json');
    await cg('collect', 'tides');
    exporter.manner = 'answer';
    const kept = await withStore(({ runs }) => runs.list('tides', 10));
    assert.equal(kept[0]?.state, 'failed');
    assert.match(JSON.stringify(kept), /401/);
    assert.doesNotMatch(said.stdout + said.stderr + JSON.stringify(kept), new RegExp(token));
  });

  it('names an unknown job with the known ones', async () => {
    const { exitCode, stdout, stderr } = await cg('collect', 'tide');
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.equal(stderr, 'citygauge: job "tide" is unknown: known are tides, gone, health, locked\n');
  });

  it('refuses wrong settings with every fault and does nothing, as start does', async () => {
    folder.write(
      'wrong.yaml',
      `schema: citygauge/telemetry@1
jobs:
  - { id: a, collector: expositon, subject: lin }
  - { id: b, collector: exposition, subject: lin, every: soon, settings: {} }
`,
    );
    for (const argv of [['collect'], ['start', '--port', '0', '--no-sample']]) {
      const { exitCode, stdout, stderr } = await cg(...argv, '--telemetry', 'wrong.yaml');
      assert.deepEqual([exitCode, stdout], [2, '']);
      const lines = stderr.trim().split('\n');
      assert.equal(lines.length, 3);
      assert.match(
        lines[0] ?? '',
        /wrong\.yaml line 3 column 25 jobs\[0\]\.collector: .*did you mean exposition\?/,
      );
      assert.match(lines[1] ?? '', /line 4 column 58 jobs\[1\]\.every: "soon" is no duration/);
      assert.match(lines[2] ?? '', /jobs\[1\]\.settings.*: "targets" is missing/);
    }
    folder.write(
      'elsewhere.yaml',
      `schema: citygauge/telemetry@1\njobs: [{ id: a, collector: citygauge-self, subject: lim }]\n`,
    );
    const { exitCode, stderr } = await cg('collect', '--telemetry', 'elsewhere.yaml');
    assert.equal(exitCode, 2);
    assert.match(
      stderr,
      /line 2 column 53 jobs\[0\]\.subject: subject "lim" does not exist \(known are lin\)/,
    );
    const absent = await cg('collect', '--telemetry', 'nowhere.yaml');
    assert.match(absent.stderr, /nowhere\.yaml cannot be read \(ENOENT\)/);
  });

  it('observes the program itself where there is no settings file', async () => {
    await run(
      folder.path,
      '--data',
      'fresh',
      'subject',
      'add',
      'yun',
      '--name',
      '云',
      '--time-zone',
      'Asia/Shanghai',
    );
    const again = await run(folder.path, '--data', 'fresh', '--json', 'collect');
    const [outcome] = JSON.parse(again.stdout) as CollectorOutcome[];
    assert.deepEqual(
      [outcome?.job, outcome?.subject, outcome?.state],
      ['citygauge-self', 'yun', 'succeeded'],
    );
  });
});
