import assert from 'node:assert/strict';
import { join } from 'node:path';
import { sloInsight } from '../cli/compose/slo/insight.ts';
import type { Slo } from '../rules/contract.ts';
import { builtInCatalogues } from '../rules/generate.ts';
import { readSlos } from '../rules/slo.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { openStore } from '../store/open-store.ts';
import { subject } from '../store/test-suites/fixtures.ts';
import { type PrometheusServer, startPrometheusServer } from './prometheus-server.ts';
import { scratchFolder } from './scratch-folder.ts';

const minute = 60_000;
const start = Date.parse('2026-03-01T00:00:00Z');
const outage = start + 5000 * minute;
const end = start + 5200 * minute;
const iso = (at: number) => new Date(at).toISOString();

/** 40 requests a minute for three days and a half, of which all fail for a quarter of an hour. */
const samples = Array.from({ length: 5201 }, (_, index) => {
  const bad = Math.min(Math.max(0, index - 5000), 15) * 40;
  return { at: start + index * minute, bad, good: index * 40 - bad };
});

const { slos } = readSlos([
  {
    name: 'portal.yaml',
    text: `schema: citygauge/slo@1
service: portal
subject: hexi
slos:
  - name: answers
    objective: 99.9
    period: 30d
    sli: { counters: { bad: 'hits_total{code="500"}', total: 'hits_total' } }
    alerting: { name: PortalErrors, runbook: docs/runbooks/portal.md }
`,
  },
]);
const slo = slos[0] as Slo;

describe('what pages show of an SLO beside its figures', () => {
  const folder = scratchFolder();
  let prometheus: PrometheusServer | undefined;
  let embedded: EvidenceStore;

  before(async () => {
    embedded = await openStore({ dataFolder: join(folder.path, 'embedded') });
    await embedded.subjects.put([subject('hexi', null)]);
    const labels = (code: string) => ({ job: 'portal', subject: 'hexi', code });
    await embedded.readings.put(
      samples.flatMap(({ at, bad, good }) => [
        { metric: 'hits_total', labels: labels('200'), at: iso(at), value: good },
        { metric: 'hits_total', labels: labels('500'), at: iso(at), value: bad },
      ]),
    );
  });
  after(async () => {
    await embedded.close();
    await prometheus?.stop();
  });

  const within = { from: iso(outage - 60 * minute), to: iso(end) };
  const minutes = async (store: EvidenceStore) => {
    const { alerts, reason } = await sloInsight(store, builtInCatalogues, () => iso(end)).alertsWithin(
      slo,
      within,
    );
    assert.equal(reason, null);
    return (alerts ?? []).map(({ severity, from, to }) => [
      severity,
      (Date.parse(from) - outage) / minute,
      to === null ? null : (Date.parse(to) - outage) / minute,
    ]);
  };

  it('is told from the embedded readings to the step of five minutes', async () => {
    assert.deepEqual(await minutes(embedded), [
      ['page', 5, 50],
      ['ticket', 10, null],
    ]);
    const burn = await sloInsight(embedded, builtInCatalogues, () => iso(outage + 30 * minute)).burnWindows(
      slo,
    );
    const ratio = (seconds: number) => burn.find((each) => each.seconds === seconds)?.badRatio;
    assert.deepEqual([ratio(300), ratio(3600), ratio(7200)], [0, 0.25, 0.125]);
    assert.equal(burn.at(-1)?.seconds, 30 * 86_400);
  });

  it('is the same within a step from a Prometheus with the same samples', async function () {
    const lines = ['200', '500'].flatMap((code) =>
      samples.map(
        ({ at, bad, good }) =>
          `hits_total{subject="hexi",code="${code}"} ${code === '200' ? good : bad} ${at / 1000}`,
      ),
    );
    prometheus = await startPrometheusServer(this, {
      openMetrics: `# TYPE hits counter\n${lines.join('\n')}\n# EOF\n`,
    });
    const store = await openStore(
      { dataFolder: join(folder.path, 'beside') },
      { prometheusUrl: prometheus.url },
    );
    try {
      await store.subjects.put([subject('hexi', null)]);
      // Prometheus extrapolates growth to the borders of a step, the readings count it where it was seen.
      assert.deepEqual(await minutes(store), [
        ['page', 5, 45],
        ['ticket', 5, null],
      ]);
    } finally {
      await store.close();
    }
  });

  it('is not told where nobody can: PromQL without a server, a period without windows', async () => {
    const { alertsWithin } = sloInsight(embedded, builtInCatalogues, () => iso(end));
    const promql: Slo = {
      ...slo,
      sli: { kind: 'ratio', errorRatioQuery: 'errors:ratio{{.window}}', measure: null },
    };
    const unknown = await alertsWithin(promql, within);
    assert.deepEqual([unknown.alerts, unknown.reason?.en.includes('PROMETHEUS_URL')], [null, true]);
    const long = await alertsWithin({ ...slo, period: { kind: 'rolling', days: 90 } }, within);
    assert.deepEqual([long.alerts, long.reason?.en.includes('slo-windows')], [null, true]);
  });
});
