import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPrometheusServer } from '../prometheus-server.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { run, runIn } from './run.ts';

const spec = `schema: citygauge/slo@1
service: portal
slos:
  - name: latency
    objective: 99
    sli: { latency: { histogram: request_seconds, below: 250ms } }
`;

/** A histogram with the bounds 0.1, 0.3 and 1, sampled just now. */
function histogram(): string {
  const at = Math.floor(Date.now() / 1000) - 30;
  const buckets = ['0.1', '0.3', '1', '+Inf'].map((le) => `request_seconds_bucket{le="${le}"} 7 ${at}\n`);
  return `# TYPE request_seconds histogram\n${buckets.join('')}request_seconds_count 7 ${at}\nrequest_seconds_sum 3 ${at}\n# EOF\n`;
}

describe('SLO specs on the command line', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, '--lang', 'en', ...argv);

  it('are validated without a store, warnings and all', async () => {
    folder.write('good.yaml', spec);
    const { exitCode, stdout, stderr } = await cg('slo', 'validate', '-i', 'good.yaml');
    assert.deepEqual([exitCode, stdout, stderr], [0, '1 SLOs, 0 faults, 0 warnings\n', '']);
  });

  it('leave with 1 when the linter finds a fault, and say it in a form for programs too', async () => {
    folder.write('bad.yaml', spec.replace('99', '100'));
    const { exitCode: code, stdout: json } = await cg('--json', 'slo', 'validate', '-i', 'bad.yaml');
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(json), {
      slos: ['portal-latency'],
      findings: [
        {
          rule: 'objective-out-of-range',
          level: 'fault',
          slo: 'portal-latency',
          message: {
            zh: '目标 100% 没有错误预算，任何一次失败都会违约：请写小于 100 的目标，例如 99.9',
            en: 'an objective of 100 % leaves no error budget, so that one failure breaks it: write less, for example 99.9',
          },
          file: 'bad.yaml',
          line: 5,
          column: 16,
        },
      ],
      asked: null,
    });
  });

  it('leave with 2 and every fault of every file when they are no specs', async () => {
    mkdirSync(join(folder.path, 'specs'));
    folder.write('specs/a.yaml', spec.replace('objective', 'objektive'));
    folder.write('specs/b.yml', 'version: prometheus/v2\n');
    const { exitCode, stdout, stderr } = await cg('slo', 'validate', '-i', 'specs');
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      'citygauge: specs/a.yaml line 4 column 5 slos[0].objective: "objective" is missing: write the share of good events in per cent, 99.9',
      'citygauge: specs/a.yaml line 5 column 5 slos[0].objektive: unknown key "objektive"; did you mean objective?',
      'citygauge: specs/b.yml line 1 column 10 version: "prometheus/v2" is no format of SLOs that is read here; did you mean prometheus/v1?',
    ]);
    const absent = await cg('slo', 'validate', '-i', 'nowhere');
    assert.equal(absent.exitCode, 2);
    assert.match(absent.stderr, /nowhere: cannot be read; name a spec file or a folder of them/);
  });

  it('are held against the bounds that Prometheus knows, and against nothing where it does not answer', async function () {
    const server = await startPrometheusServer(this, { openMetrics: histogram() });
    const at = (url: string) => ({ environment: { PROMETHEUS_URL: url } });
    const validate = (url: string, file: string) =>
      runIn(folder.path, at(url), '--lang', 'en', '--json', 'slo', 'validate', '-i', file);
    try {
      folder.write('bound.yaml', spec.replace('250ms', '300ms'));
      const bad = await validate(server.url, 'good.yaml');
      assert.equal(bad.exitCode, 1);
      const [finding] = JSON.parse(bad.stdout).findings;
      assert.equal(
        finding.message.en,
        'le="0.25" is no bound of request_seconds_bucket: take one of 0.1, 0.3, 1, or add the bound in the application',
      );
      const good = await validate(server.url, 'bound.yaml');
      assert.deepEqual([good.exitCode, JSON.parse(good.stdout).findings], [0, []]);
    } finally {
      await server.stop();
    }
    const silent = await validate(server.url, 'good.yaml');
    assert.equal(silent.exitCode, 0);
    assert.match(silent.stderr, /was not asked for bucket bounds and retention/);
  });

  it('are converted to a file or to stdout, what goes lost refused or told', async () => {
    const refused = await cg('slo', 'convert', '-i', 'good.yaml', '--to', 'prometheus/v1');
    assert.deepEqual(
      [refused.exitCode, refused.stdout, refused.stderr],
      [
        2,
        '',
        'citygauge: good.yaml line 4: portal-latency: prometheus/v1 has no measure over embedded readings; remove it, or leave it out with --drop\n',
      ],
    );
    const dropped = await cg(
      'slo',
      'convert',
      '-i',
      'good.yaml',
      '--to',
      'prometheus/v1',
      '--drop',
      '-o',
      'sloth.yaml',
    );
    assert.deepEqual(
      [dropped.exitCode, dropped.stderr],
      [0, 'portal-latency: measure over embedded readings left out, prometheus/v1 has none\n'],
    );
    assert.match(
      readFileSync(join(folder.path, 'sloth.yaml'), 'utf8'),
      /^version: prometheus\/v1\nservice: portal\n/,
    );
    const back = await cg('slo', 'convert', '-i', 'sloth.yaml', '--to', 'citygauge/slo@1');
    assert.match(back.stdout, /^schema: citygauge\/slo@1\n/);
    const wrong = await cg('slo', 'convert', '-i', 'good.yaml', '--to', 'nagios');
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.stderr, /--to "nagios" is no format that is written: choose one of citygauge\/slo@1/);
  });
});
