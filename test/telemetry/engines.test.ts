import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { periodAt } from '../../collectors/contract.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import { runIn, start } from '../cli/run.ts';
import { freePort } from '../free-port.ts';
import { type NginxServer, startNginxServer } from '../nginx-server.ts';
import { type PrometheusServer, startPrometheusServer } from '../prometheus-server.ts';
import { requireProgram } from '../real-parts.ts';
import { type RealServer, startRealServer } from '../real-server.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { startVictoriaMetricsServer, type VictoriaMetricsServer } from '../victoria-metrics-server.ts';
import { enginesModel, leaves, ofCounters, scrapedTwice } from './engines-model.ts';
import { startInstrumentedApp } from './instrumented-app.ts';

const zone = 'Asia/Shanghai';
const roundsWanted = 8;

function settingsFor(ports: {
  exporter: string;
  portals: readonly string[];
  otlp: number;
  writeTo: readonly string[];
}): string {
  const jobs = [
    { id: 'nodes', collector: 'exposition', settings: { targets: [`${ports.exporter}/metrics`] } },
    { id: 'portal', collector: 'probe-http', settings: { targets: ports.portals.map((url) => ({ url })) } },
    { id: 'apps', collector: 'otlp', settings: { port: ports.otlp } },
  ];
  return JSON.stringify({
    schema: 'citygauge/telemetry@1',
    remoteWrite: ports.writeTo.map((url, index) => ({ name: `server-${index}`, url })),
    jobs: jobs.map((job) => ({ ...job, subject: 'lin', every: '1s', timeout: '900ms', retries: 0 })),
  });
}

/** A Prometheus that scrapes the exporter by itself, beside what is written into it. */
function scraping(port: number): string {
  return `scrape_configs:
  - job_name: pulled
    scrape_interval: 1s
    static_configs:
      - targets: ['127.0.0.1:${port}']
        labels: { subject: lin }
`;
}

/** Asks until the answer is what is waited for; fails after the patience of a slow machine. */
async function until<T>(ask: () => Promise<T | null>, what: string): Promise<T> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(100);
  }
  throw new Error(`waited in vain for ${what}`);
}

describe('one evaluation through three engines', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  let exporter: RealServer | undefined;
  let nginx: NginxServer | undefined;
  let prometheus: PrometheusServer | undefined;
  let victoria: VictoriaMetricsServer | undefined;
  const evaluations: Record<'embedded' | 'prometheus' | 'victoria', Evaluation | null> = {
    embedded: null,
    prometheus: null,
    victoria: null,
  };

  async function collectForAWhile(port: number, otlpPort: number): Promise<void> {
    const options = ['--port', String(port), '--no-sample', '--json', '--telemetry', 'telemetry.yaml'];
    const server = start(folder.path, 'start', ...options);
    const app = await startInstrumentedApp(`http://127.0.0.1:${otlpPort}`);
    try {
      const [, address = ''] = await server.says(/"address":\s*"([^"]+)"/);
      const runs = async (job: string) => {
        const answer = await fetch(`${address}/api/v1/telemetry/${job}/runs`);
        return answer.ok ? ((await answer.json()) as { items: { state: string }[] }).items : [];
      };
      await until(async () => {
        await app.serveRequests();
        const all = await Promise.all(['nodes', 'portal', 'apps'].map(runs));
        const isEnough = all.every(
          (each) => each.filter(({ state }) => state === 'succeeded').length >= roundsWanted,
        );
        return isEnough || null;
      }, `${roundsWanted} runs of every job`);
    } finally {
      await app.stop();
      server.child.kill('SIGTERM');
    }
    const { exitCode, stderr } = await server.ended;
    assert.equal(exitCode, 0, stderr);
  }

  async function evaluate(asOf: string, environment: Record<string, string>): Promise<Evaluation> {
    const period = periodAt('week', asOf, zone);
    const order = ['--model', 'engines.yaml', '--subject', 'lin', '--period', period, '--as-of', asOf];
    const ran = await runIn(folder.path, { environment, now: () => asOf }, '--json', 'evaluate', ...order);
    assert.equal(ran.exitCode, 0, ran.stderr);
    return JSON.parse(ran.stdout) as Evaluation;
  }

  before(async function () {
    folder.write('engines.yaml', enginesModel);
    const program = requireProgram(this, 'prometheus-node-exporter');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const args = [`--web.listen-address=127.0.0.1:${port}`, '--log.level=error'];
    exporter = await startRealServer({ program, args, url, readyPath: '/' });
    nginx = await startNginxServer(this);
    prometheus = await startPrometheusServer(this, { config: scraping(port) });
    victoria = await startVictoriaMetricsServer(this);
    const [otlp, own] = [await freePort(), await freePort()];
    const portals = [`${nginx.url}/`, `http://127.0.0.1:${own}/`];
    const writeTo = [`${prometheus.url}/api/v1/write`, `${victoria.url}/api/v1/write`];
    folder.write('telemetry.yaml', settingsFor({ exporter: url, portals, otlp, writeTo }));
    await runIn(folder.path, {}, 'subject', 'add', 'lin', '--name', '临江市', '--time-zone', zone);
    await collectForAWhile(own, otlp);
    await victoria.flush();
    const asOf = new Date().toISOString();
    evaluations.embedded = await evaluate(asOf, {});
    evaluations.prometheus = await evaluate(asOf, { PROMETHEUS_URL: prometheus.url });
    evaluations.victoria = await evaluate(asOf, { PROMETHEUS_URL: victoria.url });
  });

  after(async () => {
    await exporter?.end();
    await nginx?.stop();
    await prometheus?.stop();
    await victoria?.stop();
  });

  const figureOf = (engine: keyof typeof evaluations, leaf: string) => {
    const observation = evaluations[engine]?.observations.find(({ indicator }) => indicator === `M.${leaf}`);
    assert.equal(observation?.state, 'measured', `${engine} ${leaf}: ${observation?.reason?.en}`);
    return observation.value ?? Number.NaN;
  };

  it('gives the same figure for gauges and their ratios to the last digits', () => {
    for (const { id } of leaves.filter((leaf) => !ofCounters.includes(leaf.id))) {
      const expected = figureOf('embedded', id);
      for (const engine of ['prometheus', 'victoria'] as const) {
        const difference = Math.abs(figureOf(engine, id) - expected);
        assert.ok(difference <= 1e-12 * Math.abs(expected), `${id}: ${engine} differs by ${difference}`);
      }
    }
  });

  it('gives ratios and quantiles of counters that agree within what extrapolation to the borders can do', () => {
    const rows = ofCounters.map((id) => {
      const expected = figureOf('embedded', id);
      const differences = (['prometheus', 'victoria'] as const).map(
        (engine) => Math.abs(figureOf(engine, id) - expected) / expected,
      );
      return { id, differences };
    });
    for (const { id, differences } of rows) {
      console.log(
        `      ${id}: relative difference ${differences.map((each) => each.toExponential(1)).join(', ')}`,
      );
      // Two intervals beyond the covered time at most: one at each end.
      for (const each of differences) assert.ok(each <= 2.2 / (roundsWanted - 1), `${id}: ${each}`);
    }
  });

  it('gives for what Prometheus scraped by itself the figure of what CityGauge scraped', () => {
    const [ours = '', theirs = ''] = scrapedTwice.map(({ id }) => id);
    const memory = figureOf('embedded', ours);
    assert.ok(memory > 1e8);
    assert.ok(Math.abs(figureOf('prometheus', theirs) - memory) <= 1e-12 * memory);
  });

  it('looked at real telemetry', () => {
    assert.equal(figureOf('embedded', 'up'), 1);
    assert.equal(figureOf('embedded', 'portal'), 1);
    assert.ok(figureOf('embedded', 'samples') >= roundsWanted);
    assert.ok(figureOf('embedded', 'errors') > 0.05 && figureOf('embedded', 'errors') < 0.5);
    assert.ok(figureOf('embedded', 'p95Latency') > 0);
  });

  it('gives the same score and grade', () => {
    const verdicts = Object.values(evaluations).map((each) => [each?.overall.score, each?.overall.grade]);
    assert.deepEqual(verdicts[0], verdicts[1]);
    assert.deepEqual(verdicts[0], verdicts[2]);
  });
});
