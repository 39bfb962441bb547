import { countFigures } from '../cli/compose/slo/counting.ts';
import type { Reading, Subject } from '../collectors/contract.ts';
import { namedSpan } from '../rules/budgets.ts';
import { budgetOfFigure, type SloDefinition } from '../rules/contract.ts';
import type { EvidenceStore, PromqlSource } from '../store/contract.ts';
import { openPromql } from '../store/metrics/promql/promql-source.ts';
import { startPrometheusServer } from '../test/prometheus-server.ts';
import { pushReadings } from '../test/push-readings.ts';
import { print, ratio, timed, whole } from './figures.ts';

const slos = 200;
/** Five SLOs to a service keep the samples of a quarter at every two minutes in bounds. */
const services = 40;
const everySeconds = 120;
const requestsPerStep = 240;
/** Of so many steps one has an error. */
const errorEvery = 7;

const definitions = Array.from({ length: slos }, (_, index): SloDefinition => {
  const service = `s${index % services}`;
  // Another text for each, so that no two are one query.
  const bad = `requests_total{service="${service}",code=~"5..|x${index}"}`;
  const all = `requests_total{service="${service}",code!="x${index}"}`;
  return {
    ...{
      id: `slo-${index}`,
      service,
      name: `${index}`,
      title: { zh: service, en: service },
      description: '',
    },
    ...{ objectivePercent: 99.9, minimumEvents: 0 },
    period: { kind: 'calendar', unit: 'quarter', timeZone: 'Asia/Shanghai' },
    sli: {
      ...{ kind: 'events', measure: null },
      errorQuery: `sum(rate(${bad}[{{.window}}]))`,
      totalQuery: `sum(rate(${all}[{{.window}}]))`,
    },
  };
});
const [first] = definitions;
if (!first) throw new Error('no SLO');
const quarter = namedSpan(first, '2026-Q2');
const [from, to] = [Date.parse(quarter.from), Date.parse(quarter.to)];

async function fill(url: string): Promise<number> {
  const dayMilliseconds = 86_400_000;
  let samples = 0;
  for (let day = from; day < to; day += dayMilliseconds) {
    const readings: Reading[] = [];
    for (let at = day; at < Math.min(to, day + dayMilliseconds); at += everySeconds * 1000) {
      const step = (at - from) / (everySeconds * 1000);
      for (let service = 0; service < services; service += 1) {
        const put = (code: string, value: number) =>
          readings.push({
            metric: 'requests_total',
            labels: { service: `s${service}`, code },
            at: new Date(at).toISOString(),
            value,
          });
        put('200', step * requestsPerStep);
        put('500', Math.floor(step / errorEvery));
      }
    }
    await pushReadings(url, readings);
    samples += readings.length;
  }
  return samples;
}

/** The plain ratio of each, one query after the other. */
async function oneByOne(promql: PromqlSource): Promise<number[]> {
  const window = await promql.window(to - from);
  const ratios: number[] = [];
  for (const { sli } of definitions) {
    if (sli.kind !== 'events') continue;
    const [errors, all] = [sli.errorQuery, sli.totalQuery].map((each) => each.replace('{{.window}}', window));
    const [answer] = await promql.instant([`${errors} / ${all}`], new Date(to - 1).toISOString());
    if (!answer || 'fault' in answer) throw new Error(`no answer: ${JSON.stringify(answer)}`);
    ratios.push(answer.series[0]?.value ?? Number.NaN);
  }
  return ratios;
}

/** What a skipping test would be; a bench goes on without the server. */
class Absent extends Error {}
const context = {
  skip: () => {
    throw new Absent('not installed');
  },
} as never;

try {
  // One block for the whole quarter: else it compacts the samples just written while it is asked.
  const args = ['--storage.tsdb.min-block-duration=4800h', '--storage.tsdb.max-block-duration=4800h'];
  const prometheus = await startPrometheusServer(context, { args });
  const filled = await timed(() => fill(prometheus.url));
  print('slo', `samples of the quarter, every ${everySeconds} s`, whole(filled.result));
  const promql = openPromql({ url: prometheus.url });
  const city = { id: 'city', parent: null, isSample: false } as Subject;
  const store = { promql, subjects: { list: async () => [city] } } as unknown as EvidenceStore;
  const count = (ids: readonly SloDefinition[]) => {
    const orders = ids.map((definition) => ({
      definition,
      ...{ subject: 'city', spans: [quarter], exclusions: [] },
    }));
    return countFigures(store, orders, { asOf: quarter.to, now: quarter.to });
  };
  await count(definitions.slice(0, 1));
  const before = promql.requests;
  const together = await timed(() => count(definitions));
  const requests = promql.requests - before;
  const wrong = together.result.find(({ state }) => state !== 'measured');
  if (wrong) throw new Error(`not measured: ${JSON.stringify(wrong)}`);
  const what = `${slos} SLOs over a quarter`;
  print(
    'slo',
    `${what}: count, gaps, four recent windows`,
    `${together.seconds.toFixed(2)} s, ${requests} queries`,
  );
  const alone = promql.requests;
  const each = await timed(() => oneByOne(promql));
  const queries = promql.requests - alone;
  print('slo', `${what}: one query each, the ratio only`, `${each.seconds.toFixed(2)} s, ${queries} queries`);
  print('slo', 'all figures in batches beside the ratios one by one', ratio(each.seconds / together.seconds));
  const differences = together.result.map((figure, index) => {
    const definition = definitions[index] ?? first;
    const attained = budgetOfFigure(definition, figure).raw.attainmentRatio ?? Number.NaN;
    return Math.abs(1 - attained - (each.result[index] ?? Number.NaN));
  });
  print('slo', 'largest difference of the attainment', Math.max(...differences).toExponential(1));
  await prometheus.stop();
} catch (cause) {
  if (!(cause instanceof Absent)) throw cause;
  print('slo', 'Prometheus', 'not installed');
}
