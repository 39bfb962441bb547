import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../cli/compose/doctor/doctor.ts';
import { startPrometheusServer } from '../prometheus-server.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { run, runIn, start } from './run.ts';

describe('doctor', function () {
  this.timeout(60_000);
  const folder = scratchFolder();

  async function doctor(environment: Record<string, string | undefined> = {}) {
    const { stdout, exitCode } = await runIn(folder.path, { environment }, '--json', 'doctor');
    const findings = JSON.parse(stdout) as Finding[];
    const of = (what: string) => {
      const finding = findings.find((each) => each.what.en === what);
      return [finding?.verdict, finding?.found];
    };
    return { of, exitCode, findings };
  }

  before(async () => {
    await run(folder.path, 'subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    mkdirSync(join(folder.path, 'data'), { recursive: true });
  });

  it('says that nothing is declared, and every next step in both languages', async () => {
    const { of, findings, exitCode } = await doctor();
    assert.equal(exitCode, 0);
    assert.deepEqual(of('Telemetry settings'), ['note', '-']);
    assert.deepEqual(of('Metric measures'), ['good', 'embedded readings']);
    assert.deepEqual(of('Program ping'), ['note', '-']);
    for (const { what, verdict, nextStep } of findings) {
      if (verdict !== 'good') assert.ok(nextStep?.zh && nextStep.en, what.en);
    }
  });

  it('tells a real Prometheus, its retention and a target that takes remote write from those that are missing', async function () {
    const server = await startPrometheusServer(this);
    try {
      folder.write(
        'data/telemetry.yaml',
        `schema: citygauge/telemetry@1
remoteWrite:
  - { name: long-term, url: '${server.url}/api/v1/write' }
  - { name: gone, url: 'http://127.0.0.1:9/api/v1/write', auth: { bearer: { env: CITYGAUGE_TEST_TOKEN } } }
`,
      );
      const { of, exitCode } = await doctor({ PROMETHEUS_URL: server.url, PATH: process.env.PATH });
      assert.equal(exitCode, 1);
      assert.equal(of('Telemetry settings')[0], 'good');
      assert.match(of('Metric measures')[1] ?? '', /^http:\/\/127\.0\.0\.1:\d+\/? Prometheus API 2\./);
      assert.deepEqual(of('Retention of the PromQL server'), ['good', '36500 d']);
      assert.equal(of('Clock skew against the PromQL server')[0], 'good');
      assert.deepEqual(of('Secrets'), ['broken', 'missing or empty: CITYGAUGE_TEST_TOKEN']);
      assert.deepEqual(of('Remote write long-term'), [
        'good',
        `${server.url}/api/v1/write: accepts; 0 samples waiting`,
      ]);
      assert.equal(of('Remote write gone')[0], 'broken');
      const withToken = await doctor({ CITYGAUGE_TEST_TOKEN: 's3cret-value' });
      assert.deepEqual(withToken.of('Secrets'), ['good', 'CITYGAUGE_TEST_TOKEN']);
      assert.match(withToken.of('Remote write gone')[1] ?? '', /connect: /);
      assert.ok(!JSON.stringify(withToken.findings).includes('s3cret'));
    } finally {
      await server.stop();
    }
  });

  it('says that the PromQL server does not answer', async () => {
    const { of, exitCode } = await doctor({ PROMETHEUS_URL: 'http://127.0.0.1:9' });
    assert.equal(of('Metric measures')[0], 'broken');
    assert.equal(exitCode, 1);
  });

  it('says every fault of the settings', async () => {
    folder.write('data/telemetry.yaml', 'schema: citygauge/telemetry@1\nconcurrency: 0\njobs: 7\n');
    const { findings, exitCode } = await doctor();
    const faults = findings.filter(({ what }) => what.en === 'Telemetry settings');
    assert.deepEqual(
      faults.map(({ verdict }) => verdict),
      ['broken', 'broken'],
    );
    assert.match(faults[0]?.found ?? '', /line 2/);
    assert.equal(exitCode, 1);
    folder.write('data/telemetry.yaml', 'schema: citygauge/telemetry@1\n');
  });

  it('looks at the page of a server that runs', async () => {
    const server = start(folder.path, 'start', '--port', '0', '--no-sample');
    try {
      await server.says(/http:\/\/127\.0\.0\.1:\d+/);
      const { of } = await doctor();
      assert.equal(of('Metrics page /metrics')[0], 'good');
      assert.match(of('Metrics page /metrics')[1] ?? '', /metrics: \d+ samples$/);
    } finally {
      server.child.kill('SIGTERM');
      await server.ended;
    }
  });
});
