import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AlertmanagerServer, startAlertmanagerServer } from '../alertmanager-server.ts';
import { evaluateJanuary, importJanuary, ordersCsv, runIn, start } from '../cli/run.ts';
import { type FaultyNginx, startFaultyNginx } from '../faulty-nginx-server.ts';
import { freePort } from '../free-port.ts';
import { type PrometheusServer, startPrometheusServer } from '../prometheus-server.ts';
import { requireProgram } from '../real-parts.ts';
import { scratchFolder } from '../scratch-folder.ts';
import {
  type ReceivedAlert,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../webhook-receiver-server.ts';

const patienceMilliseconds = 45_000;

/** Asks until the answer is there; fails with what is known when patience ends. */
async function until<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  describe: () => string,
): Promise<T> {
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

/** Promises about nginx, probed by CityGauge, and about CityGauge itself, as Prometheus scrapes it. */
const specs = `schema: citygauge/slo@1
service: live
slos:
  - name: nginx
    objective: 90
    period: 1d
    sli: { online: { metric: 'citygauge_probe_success{job="service"}', every: 1s } }
    alerting: { name: ServiceDown, runbook: docs/runbooks/slo-page.md }
  - name: citygauge
    objective: 90
    period: 1d
    sli: { online: { metric: 'up{job="citygauge"}', every: 1s } }
    alerting: { name: CityGaugeUnsteady, runbook: docs/runbooks/slo-page.md }
`;

/**
 * Windows of seconds: a day's budget burns 4.32 times as fast as even when 0.1 % of it is used in 20 s, which at an
 * objective of 90 % is 43 % of bad samples.
 */
const windows = `apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 1d
  page:
    quick: { errorBudgetPercent: 0.1, shortWindow: 5s, longWindow: 20s }
    slow: { errorBudgetPercent: 0.2, shortWindow: 10s, longWindow: 40s }
  ticket:
    quick: { errorBudgetPercent: 0.3, shortWindow: 20s, longWindow: 80s }
    slow: { errorBudgetPercent: 0.4, shortWindow: 30s, longWindow: 2m }
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
    for (const [name, text] of Object.entries({ slos: specs, 'slo-windows': windows })) {
      mkdirSync(join(folder.path, 'data', name), { recursive: true });
      folder.write(`data/${name}/live.yaml`, text);
    }
    const port = await freePort();
    citygauge = start(
      folder.path,
      'start',
      '--port',
      String(port),
      '--no-sample',
      '--telemetry',
      'telemetry.yaml',
    );
    await citygauge.says(/127\.0\.0\.1/);
    const written = await runIn(folder.path, {}, 'rules', 'generate', '-o', 'rules');
    assert.equal(written.exitCode, 0, written.stderr);
    const rules = `${folder.path}/rules/*.rules.yaml`;
    const config = prometheusConfig({ citygauge: port, alertmanager: alertmanager.url, rules });
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

  /** What the pager heard of pages of promises, each change once, `ServiceDown firing`. */
  const pages = () => {
    const heard = (pager?.alerts ?? []).filter(({ labels }) => labels.sloth_severity === 'page');
    return [...new Set(heard.map(({ labels, status }) => `${labels.alertname} ${status}`))];
  };
  const told = async (name: string, status: ReceivedAlert['status']) => {
    const begin = performance.now();
    await until(
      () => pages().includes(`${name} ${status}`) || undefined,
      () => `${name} ${status}; heard: ${JSON.stringify(pager?.alerts.map(({ labels }) => labels))}`,
    );
    console.log(`      ${name} ${status} after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  };
  const value = async (query: string): Promise<number | undefined> => {
    const answer = await fetch(`${prometheus?.url}/api/v1/query?query=${encodeURIComponent(query)}`);
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    const [first] = data.result;
    return first && Number(first.value[1]);
  };
  const isRecorded = (slo: string) =>
    until(
      async () => ((await value(`slo:sli_error:ratio_rate20s{sloth_slo="${slo}"}`)) === 0 ? true : undefined),
      () => `an error ratio of 0 of ${slo}:\n${prometheus?.log()}`,
    );

  it('is not sent while nginx and the suite’s own server are well', async () => {
    await isRecorded('nginx');
    await isRecorded('citygauge');
    assert.deepEqual(pages(), []);
  });

  it('waits behind a rule of the suite for an evaluation that is long overdue', async () => {
    const order = (...argv: string[]) => runIn(folder.path, {}, '--json', ...argv);
    folder.write('orders.csv', ordersCsv(40));
    assert.equal((await order(...importJanuary)).exitCode, 0);
    const evaluated = await order(...evaluateJanuary);
    assert.equal(evaluated.exitCode, 0, evaluated.stderr);
    const { sha256 } = JSON.parse(evaluated.stdout) as { sha256: string };
    assert.equal((await order('report', sha256, '--format', 'json', '--out', 'report.json')).exitCode, 0);
    for (const alert of ['CityGaugeEvaluationOverdue', 'CityGaugeReportOverdue']) {
      await until(
        () => value(`ALERTS{alertname="${alert}", alertstate="pending", subject="lin"}`),
        () => `${alert}:\n${prometheus?.log()}`,
      );
    }
    const imported = await value(
      'time() - citygauge_evidence_imported_timestamp_seconds{kind="work-orders"}',
    );
    assert.ok(imported !== undefined && imported < 600, `imported ${imported} s ago`);
  });

  it('reaches the pager while nginx answers 500, and is taken back once it is well', async () => {
    nginx?.breakDown();
    await told('ServiceDown', 'firing');
    nginx?.repair();
    await told('ServiceDown', 'resolved');
    const [alert] = pager?.alerts.filter(({ labels }) => labels.alertname === 'ServiceDown') ?? [];
    assert.equal(alert?.annotations.runbook_url, 'docs/runbooks/slo-page.md');
    assert.equal(alert?.labels.sloth_id, 'live-nginx');
    assert.deepEqual(pages(), ['ServiceDown firing', 'ServiceDown resolved']);
  });

  it('reaches the pager while the suite’s own server hangs, and is taken back once it goes on', async () => {
    citygauge?.child.kill('SIGSTOP');
    await told('CityGaugeUnsteady', 'firing');
    citygauge?.child.kill('SIGCONT');
    await told('CityGaugeUnsteady', 'resolved');
    assert.deepEqual(pages().slice(-2), ['CityGaugeUnsteady firing', 'CityGaugeUnsteady resolved']);
  });
});
