import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Reading } from '../collectors/contract.ts';
import type { MetricMeasure } from '../scoring/contract.ts';
import type { MetricRequest, MetricSource } from '../store/contract.ts';
import { openPrometheusMetrics } from '../store/metrics/promql/prometheus-source.ts';
import { openStore } from '../store/open-store.ts';
import { metricMeasure, selector } from '../store/test-suites/metric-fixtures.ts';
import { startPrometheusServer } from '../test/prometheus-server.ts';
import { pushReadings } from '../test/push-readings.ts';
import { startVictoriaMetricsServer } from '../test/victoria-metrics-server.ts';
import { print, ratio, timed, whole } from './figures.ts';
import { inFolder } from './workspace-folder.ts';

/** Data items of one large city (published for Guangzhou), each a series of its own. */
const items = 2641;
/** Hourly samples keep the load of the bench in bounds: 744 of each series in the month. */
const everySeconds = 3600;
const month: MetricRequest = { subjects: ['city'], from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };

/** Names as data items have them: 211 metrics, a dozen items each. */
const metrics = 211;

function readingsOfHours(): Reading[] {
  const readings: Reading[] = [];
  for (let at = Date.parse(month.from); at < Date.parse(month.to); at += everySeconds * 1000) {
    const hour = at / 3_600_000;
    for (let item = 0; item < items; item += 1) {
      const value = Math.round(1000 * (0.5 + 0.4 * Math.sin(hour / 11 + item))) / 1000;
      const labels = { subject: 'city', item: `i${item}` };
      readings.push({
        metric: `item_${item % metrics}_ratio`,
        labels,
        at: new Date(at).toISOString(),
        value,
      });
    }
  }
  return readings;
}

const kinds = ['mean', 'min', 'max', 'last', 'p95'] as const;

const measures = Array.from({ length: items }, (_, item): MetricMeasure => {
  const of = selector(`item_${item % metrics}_ratio`, { label: 'item', operator: '=', value: `i${item}` });
  const reduce = kinds[item % kinds.length] ?? 'mean';
  return metricMeasure(of, { kind: 'overTime', reduce, across: 'mean' }, { everySeconds });
});

async function observeAll(source: MetricSource): Promise<number> {
  const figures = await source.measure(month, measures);
  const wrong = figures.find((figure) => figure.state !== 'measured' || figure.samples.present !== 744);
  if (wrong) throw new Error(`not measured: ${JSON.stringify(wrong)}`);
  return figures.length;
}

const some = 200;

/** One query after the other for the first few, as far as all would take. */
async function observeEach(source: MetricSource): Promise<void> {
  for (const measure of measures.slice(0, some)) {
    const [figure] = await source.measure(month, [measure]);
    if (figure?.state !== 'measured') throw new Error(`not measured: ${JSON.stringify(figure)}`);
  }
}

async function compare(name: string, source: MetricSource, requests: () => number): Promise<void> {
  await source.measure(month, measures.slice(0, 1));
  const before = requests();
  const together = await timed(() => observeAll(source));
  const queries = requests() - before;
  const each = await timed(() => observeEach(source));
  const all = (each.seconds * items) / some;
  print(
    'observe',
    `${name}, ${items} items over a month, batched`,
    `${together.seconds.toFixed(2)} s, ${queries} queries`,
  );
  print('observe', `${name}, one query each (${some} measured)`, `${all.toFixed(2)} s, ${items} queries`);
  print('observe', `${name}, batched beside one query each`, ratio(all / together.seconds));
}

/** Counts the statements that the embedded engine is handed: Parse messages of the PostgreSQL protocol. */
function countStatements(): () => number {
  let statements = 0;
  const { execProtocolStream } = PGlite.prototype;
  PGlite.prototype.execProtocolStream = function (message, ...rest) {
    if (message[0] === 'P'.charCodeAt(0)) statements += 1;
    return execProtocolStream.call(this, message, ...rest);
  };
  return () => statements;
}

/** What a skipping test would be; a bench goes on without the server. */
class Absent extends Error {}
const context = {
  skip: () => {
    throw new Absent('not installed');
  },
} as never;

await inFolder(async (folder) => {
  const readings = readingsOfHours();
  print('observe', 'samples, hourly', whole(readings.length));
  const statements = countStatements();
  const store = await openStore({ dataFolder: join(folder, 'store') });
  const stored = await timed(() => store.readings.put(readings));
  print('observe', 'embedded, samples stored per second', whole(readings.length / stored.seconds));
  await compare('embedded', store.metrics, statements);
  await store.close();
  try {
    // One block for the whole month: else it compacts the samples just written while it is asked.
    const oneBlock = ['--storage.tsdb.min-block-duration=1600h', '--storage.tsdb.max-block-duration=1600h'];
    const prometheus = await startPrometheusServer(context, { args: oneBlock });
    await pushReadings(prometheus.url, readings);
    const source = openPrometheusMetrics({ url: prometheus.url });
    await compare('Prometheus', source, () => source.client.requests);
    await prometheus.stop();
    const victoria = await startVictoriaMetricsServer(context);
    await pushReadings(victoria.url, readings);
    await victoria.flush();
    const other = openPrometheusMetrics({ url: victoria.url });
    await compare('VictoriaMetrics', other, () => other.client.requests);
    await victoria.stop();
  } catch (cause) {
    if (!(cause instanceof Absent)) throw cause;
    print('observe', 'Prometheus and VictoriaMetrics', 'not installed');
  }
});
