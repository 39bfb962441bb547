import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AlertmanagerServer, startAlertmanagerServer } from '../alertmanager-server.ts';
import { runIn, start } from '../cli/run.ts';
import { type FaultyNginx, startFaultyNginx } from '../faulty-nginx-server.ts';
import { freePort } from '../free-port.ts';
import { type PrometheusServer, startPrometheusServer } from '../prometheus-server.ts';
import { requireProgram } from '../real-parts.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { type ReceivedAlert, startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver-server.ts';

const patienceMilliseconds = 45_000;

/** Asks until the answer is there; fails with what is known when patience ends. */
async function until<T>(ask: () => Promise<T | undefined> | T | undefined, describe: () => string): Promise<T> {
  const deadline = performance.now() + patienceMilliseconds;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  throw new Error(`waited in vain for ${describe()}`);
}

function settingsFor(nginx: FaultyNginx): string {
  const job = { subject: 'lin', every: '1s', timeout: '900ms', retries: 0 };
  return JSON.stringify({
    schema: 'citygauge/telemetry@1',
    jobs: [{ id: 'service', collector: 'probe-http', ...job, settings: { targets: [{ url: nginx.url }] } }],
  });
}

const prometheusConfig = (ports: { citygauge: number; alertmanager: string; rules: string }) => `
global: { scrape_interval: 1s, scrape_timeout: 900ms, evaluation_interval: 1s }
rule_files: ['${ports.rules}']
alerting:
  alertmanagers: [{ static_configs: [{ targets: ['${new URL(ports.alertmanager).host}'] }] }]
scrape_configs:
  - job_name: citygauge
    honor_labels: true
    static_configs: [{ targets: ['127.0.0.1:${ports.citygauge}'] }]
`;

const rules = `groups:
  - name: t
    rules:
      - alert: ServicePage
        expr: avg_over_time(citygauge_probe_success{job="service"}[5s]) < 0.5 and avg_over_time(citygauge_probe_success{job="service"}[20s]) < 0.5
        labels: { severity: page }
      - alert: OwnPage
        expr: avg_over_time(up{job="citygauge"}[5s]) < 0.5 and avg_over_time(up{job="citygauge"}[20s]) < 0.5
        labels: { severity: page }
`;

describe('a page of a real fault', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  let nginx: FaultyNginx | undefined;
  let pager: WebhookReceiver | undefined;
  let alertmanager: AlertmanagerServer | undefined;
  let prometheus: PrometheusServer | undefined;
  let citygauge: ReturnType<typeof start> | undefined;

  before(async function () {
    requireProgram(this, 'prometheus');
    nginx = await startFaultyNginx(this);
    pager = await startWebhookReceiver();
    alertmanager = await startAlertmanagerServer(this, pager.url);
    folder.write('telemetry.yaml', settingsFor(nginx));
    await runIn(folder.path, {}, 'subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    const port = await freePort();
    citygauge = start(folder.path, 'start', '--port', String(port), '--no-sample', '--telemetry', 'telemetry.yaml');
    await citygauge.says(/127\.0\.0\.1/);
    const file = folder.write('live.rules.yaml', rules);
    const config = prometheusConfig({ citygauge: port, alertmanager: alertmanager.url, rules: file });
    prometheus = await startPrometheusServer(this, { config });
  });

  after(async () => {
    citygauge?.child.kill('SIGCONT');
    citygauge?.child.kill('SIGTERM');
    await citygauge?.ended;
    await prometheus?.stop();
    await alertmanager?.stop();
    await pager?.stop();
    await nginx?.stop();
  });

  const seen = (name: string, status: ReceivedAlert['status']) =>
    pager?.alerts.find((alert) => alert.labels.alertname === name && alert.status === status);
  const said = (name: string, status: ReceivedAlert['status']) =>
    until(
      () => seen(name, status),
      () => `${name} ${status}; heard: ${JSON.stringify(pager?.alerts)}`,
    );
  const value = async (query: string): Promise<number | undefined> => {
    const answer = await fetch(`${prometheus?.url}/api/v1/query?query=${encodeURIComponent(query)}`);
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    const [first] = data.result;
    return first && Number(first.value[1]);
  };

  it('reaches the pager while nginx answers 500, and is taken back once it is well', async () => {
    await until(async () => (await value('count_over_time(citygauge_probe_success[20s])')) ?? undefined, () => 'probes');
    nginx?.breakDown();
    await said('ServicePage', 'firing');
    nginx?.repair();
    await said('ServicePage', 'resolved');
  });

  it('reaches the pager while the suite’s own server hangs, and is taken back once it goes on', async () => {
    citygauge?.child.kill('SIGSTOP');
    await said('OwnPage', 'firing');
    citygauge?.child.kill('SIGCONT');
    await said('OwnPage', 'resolved');
    assert.equal(pager?.alerts.filter(({ status }) => status === 'firing').length, 2);
  });
});
