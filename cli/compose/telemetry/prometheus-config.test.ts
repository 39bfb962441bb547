import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { collectors } from '../../../collectors/collectors.ts';
import { readTelemetryFile } from '../../../collectors/runner.ts';
import { requireProgram } from '../../../test/real-parts.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { type PrometheusConfig, prometheusConfig } from './prometheus-config.ts';

const yaml = `
schema: citygauge/telemetry@1
jobs:
  - id: nodes.main
    collector: exposition
    subject: lin
    every: 20s
    labels: { layer: cloud }
    settings:
      targets:
        - http://10.0.0.1:9100/metrics
        - { url: 'https://10.0.0.2/probe?module=a', instance: b, labels: { rack: r7 } }
      auth: { basic: { user: u, password: { file: secret } } }
      tls: { ca: ca.pem }
      timeout: 7s
      metricRelabel: [{ sourceLabels: [__name__], regex: 'go_.*', action: drop }]
  - id: secretive
    collector: exposition
    subject: lin
    every: 10s
    settings: { targets: ['http://10.0.0.3:9100/metrics'], auth: { bearer: { env: TOKEN } } }
  - id: nightly
    collector: exposition
    subject: lin
    cron: '0 3 * * *'
    settings: { targets: ['http://10.0.0.4:9100/metrics'] }
`;

describe('the configuration of the Prometheus beside CityGauge', () => {
  const folder = scratchFolder();
  let { text, scraped }: PrometheusConfig = { text: '', scraped: [] };

  before(async () => {
    const { jobs } = await readTelemetryFile(folder.write('telemetry.yaml', yaml), collectors);
    ({ text, scraped } = prometheusConfig({
      ownAddress: 'http://127.0.0.1:8080',
      jobs,
      rulesFolder: folder.path,
      resolvePath: (path) => `${folder.path}/${path}`,
    }));
  });

  it('scrapes the jobs that it can be told wholly, and leaves the others to our page', () => {
    assert.deepEqual(scraped, ['nodes.main']);
    assert.deepEqual(JSON.parse(text).rule_files, [`${folder.path}/*.rules.yaml`]);
    const [page, nodes] = JSON.parse(text).scrape_configs;
    assert.deepEqual(
      [page.job_name, page.scrape_interval, page.honor_labels, page.static_configs],
      ['citygauge', '10000ms', true, [{ targets: ['127.0.0.1:8080'] }]],
    );
    assert.equal(page.metric_relabel_configs[1].regex, '(?:nodes\\.main);');
    assert.deepEqual(
      [nodes.job_name, nodes.scrape_interval, nodes.scrape_timeout],
      ['nodes.main', '20000ms', '7000ms'],
    );
    assert.deepEqual(nodes.basic_auth, { username: 'u', password_file: `${folder.path}/secret` });
    assert.deepEqual(nodes.static_configs[1], {
      targets: ['10.0.0.2'],
      labels: {
        layer: 'cloud',
        rack: 'r7',
        instance: 'b',
        subject: 'lin',
        __scheme__: 'https',
        __metrics_path__: '/probe',
        __param_module: 'a',
      },
    });
  });

  it('never holds a secret', () => {
    assert.ok(!text.includes('TOKEN'));
  });

  it('is accepted by promtool', function () {
    const promtool = requireProgram(this, 'promtool');
    folder.write('secret', 's');
    folder.write('ca.pem', 'x');
    const path = folder.write('prometheus.yml', text);
    const said = execFileSync(promtool, ['check', 'config', '--syntax-only', path], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    assert.match(said, /SUCCESS/);
  });
});
