import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectorOutcome } from '../../collectors/contract.ts';
import type { Telemetry } from '../../dashboards/contract.ts';
import { openStore } from '../../store/open-store.ts';
import { run, start } from '../cli/run.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { type Exporter, startExporter } from './exporter-server.ts';

const graceMilliseconds = 3000;

describe('jobs of a server', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  let exporter: Exporter;
  const cg = (...argv: string[]) => run(folder.path, ...argv);
  const startServer = () => start(folder.path, 'start', '--port', '0', '--no-sample', '--json');

  const kept = async () => {
    const store = await openStore({ dataFolder: join(folder.path, 'data') });
    try {
      const levels = await store.readings.list(
        'tide_level_metres',
        '2020-01-01T00:00:00Z',
        '2100-01-01T00:00:00Z',
      );
      return { runs: await store.runs.list('tides', 100), levels };
    } finally {
      await store.close();
    }
  };

  before(async () => {
    exporter = await startExporter();
    mkdirSync(join(folder.path, 'data'));
    folder.write(
      'data/telemetry.yaml',
      `schema: citygauge/telemetry@1
jobs:
  - id: tides
    collector: exposition
    subject: lin
    every: 1s
    timeout: 1s
    settings: { targets: ['${exporter.url}/metrics'] }
`,
    );
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
  });
  after(() => exporter.close());

  it('end with it within seconds on SIGTERM, and the run that was going on never was', async () => {
    exporter.manner = 'hang';
    folder.write(
      'hanging.yaml',
      `schema: citygauge/telemetry@1
jobs:
  - id: tides
    collector: exposition
    subject: lin
    every: 1s
    timeout: 1s
    settings: { targets: ['${exporter.url}/metrics'] }
  - id: hanging
    collector: exposition
    subject: lin
    every: 1m
    timeout: 50s
    settings: { targets: ['${exporter.url}/metrics'], timeout: 50s }
`,
    );
    const asked = exporter.asked();
    const server = start(folder.path, 'start', '--port', '0', '--no-sample', '--telemetry', 'hanging.yaml');
    await asked;
    const at = performance.now();
    server.child.kill('SIGTERM');
    const { exitCode, stderr } = await server.ended;
    assert.equal(exitCode, 0, stderr);
    assert.ok(performance.now() - at < graceMilliseconds, `${performance.now() - at} ms`);
    assert.doesNotMatch(stderr, /internal fault|\n\s+at /);
    const { runs, levels } = await kept();
    assert.deepEqual([runs.filter(({ state }) => state !== 'failed'), levels], [[], []]);
  });

  it('go on after kill -9 in the middle of a run', async () => {
    exporter.manner = 'hang';
    const asked = exporter.asked();
    const killed = startServer();
    await asked;
    killed.child.kill('SIGKILL');
    await killed.ended;
    const before = await kept();
    exporter.manner = 'answer';
    const again = exporter.asked();
    const server = startServer();
    const [, address = ''] = await server.says(/"address":\s*"([^"]+)"/);
    await again;
    // The command waits for the run that is going on: when it answers, two runs have been kept.
    const collected = await cg('--json', 'collect', 'tides');
    assert.equal(collected.exitCode, 0, collected.stderr);
    const page = await (await fetch(`${address}/metrics`)).text();
    const telemetry = (await (await fetch(`${address}/api/v1/telemetry`)).json()) as Telemetry;
    server.child.kill('SIGTERM');
    assert.equal((await server.ended).exitCode, 0);
    const [job] = telemetry.jobs;
    assert.deepEqual(
      [job?.id, job?.collector, job?.schedule, job?.last?.state, job?.lastSuccessAt === null],
      ['tides', 'exposition', 'every 1s', 'succeeded', false],
    );
    assert.deepEqual(
      telemetry.outputs.map(({ name, state }) => [name, state]),
      [
        ['store', 'good'],
        ['metrics', 'good'],
      ],
    );
    assert.deepEqual(telemetry.retention, { rawDays: 15, fiveMinuteDays: 90, hourDays: 800 });
    const [outcome] = JSON.parse(collected.stdout) as CollectorOutcome[];
    assert.deepEqual([outcome?.job, outcome?.state, outcome?.samples], ['tides', 'succeeded', 7]);
    assert.match(page, /^tide_level_metres\{[^}]*job="tides"[^}]*station="east"[^}]*\} 4\.25$/m);
    assert.match(page, /^citygauge_collector_up\{job="tides",subject="lin"\} 1$/m);
    const { runs, levels } = await kept();
    assert.ok(runs.length > before.runs.length);
    assert.equal(levels.length % 2, 0);
    const succeeded = runs.filter(({ state }) => state === 'succeeded');
    assert.equal(levels.length, 2 * succeeded.length);
  });

  it('run by hand only while the settings are those that the server started with', async () => {
    const text = (every: string) => `schema: citygauge/telemetry@1
jobs: [{ id: self, collector: citygauge-self, subject: lin, every: ${every} }]
`;
    const path = join(folder.path, 'edited.yaml');
    folder.write('edited.yaml', text('1h'));
    const argv = ['start', '--port', '0', '--no-sample', '--json', '--telemetry', 'edited.yaml'];
    const server = start(folder.path, ...argv);
    await server.says(/"address"/);
    const before = await cg('collect', '--dry-run');
    folder.write('edited.yaml', text('2h'));
    const edited = await cg('collect', '--dry-run');
    const named = await cg('collect', '--dry-run', '--telemetry', 'edited.yaml');
    server.child.kill('SIGTERM');
    await server.ended;
    assert.deepEqual([before.exitCode, edited.exitCode, named.exitCode], [0, 2, 0]);
    assert.equal(
      edited.stderr,
      `citygauge: ${path} has been edited since the server started: start it anew, or run the file as it is now with --telemetry ${path}\n`,
    );
  });

  it('refuses to start with a job for a subject that does not exist', async () => {
    const job = '{ id: x, collector: citygauge-self, subject: nobody }';
    folder.write('nobody.yaml', `schema: citygauge/telemetry@1\njobs: [${job}]\n`);
    const server = start(folder.path, 'start', '--port', '0', '--no-sample', '--telemetry', 'nobody.yaml');
    const { exitCode, stdout, stderr } = await server.ended;
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(
      stderr,
      /^citygauge: .*nobody\.yaml line 2 column 53 jobs\[0\]\.subject: subject "nobody" .*\n$/,
    );
  });
});
