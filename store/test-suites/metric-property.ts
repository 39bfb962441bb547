import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MetricMeasure, MetricReduction, Reading } from '../../scoring/contract.ts';
import type { MetricFigure } from '../contract.ts';
import { needsOf } from '../metrics/needs.ts';
import { figureFrom } from '../metrics/series-figure.ts';
import { SeriesReduction } from '../metrics/series-reduction.ts';
import { intervalsIn } from '../metrics/span.ts';
import type { SuiteStore } from './fixtures.ts';
import { metricMeasure, selector } from './metric-fixtures.ts';

const span = { from: Date.parse('2015-03-01T00:00:00Z'), to: Date.parse('2015-03-01T01:10:07.5Z') };
const request = {
  subjects: ['random'],
  from: new Date(span.from).toISOString(),
  to: new Date(span.to).toISOString(),
};

const reductions: readonly MetricReduction[] = [
  ...(['mean', 'min', 'max', 'last', 'sum', 'count', 'p50', 'p95'] as const).map(
    (reduce): MetricReduction => ({ kind: 'overTime', reduce, across: 'p90' }),
  ),
  { kind: 'share', above: -2, below: 7.5 },
  { kind: 'increase', across: 'sum' },
  { kind: 'rate', across: 'max' },
  { kind: 'staleness', across: 'mean' },
  { kind: 'upTime' },
  { kind: 'distinct', label: 'part' },
];

const sample = fc.record({
  second: fc.integer({ min: 0, max: Math.ceil((span.to - span.from) / 1000) + 300 }),
  value: fc.integer({ min: -80, max: 160 }).map((value) => value / 16),
});
/** Some series with some samples, each at an instant of its own and in any order; the last few lie beyond the span. */
const generated = fc.array(
  fc.uniqueArray(sample, { selector: ({ second }) => second, minLength: 1, maxLength: 30 }),
  { minLength: 1, maxLength: 4 },
);

let runs = 0;

function readingsOf(
  series: ReadonlyArray<ReadonlyArray<{ second: number; value: number }>>,
  metric: string,
): Reading[] {
  return series.flatMap((own, part) =>
    own.map(({ second, value }) => ({
      metric,
      labels: { subject: 'random', part: part === 0 ? '' : `p${part % 2}`, number: String(part) },
      at: new Date(span.from + second * 1000).toISOString(),
      value,
    })),
  );
}

/** The same figure computed one sample after the other. */
function expected(measure: MetricMeasure, readings: readonly Reading[]): MetricFigure {
  const inSpan = readings.filter(({ at }) => at < request.to).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const everySeconds = measure.everySeconds ?? 0;
  const around = { span, everySeconds, intervals: intervalsIn(span, everySeconds), needs: needsOf(measure) };
  const of = [...Map.groupBy(inSpan, ({ labels }) => labels.number).values()].map((own) => {
    const [{ metric, labels }] = own as [Reading];
    const series = new SeriesReduction({ metric, labels }, around);
    for (const { at, value } of own) series.add(Date.parse(at), value);
    return series.summary();
  });
  return figureFrom(measure, { of, total: [] }, { span, query: '' });
}

export function describeMetricProperty(suite: SuiteStore): void {
  describe('metric measures in SQL', () => {
    it('are what the samples give one after the other, whatever their order and gaps (property)', async () => {
      await fc.assert(
        fc.asyncProperty(generated, fc.constantFrom(60, 300, 420), async (series, everySeconds) => {
          runs += 1;
          const metric = `random_${runs}`;
          const readings = readingsOf(series, metric);
          await suite.store.readings.put(readings);
          const measures = reductions.map((reduction) =>
            metricMeasure(selector(metric), reduction, { everySeconds }),
          );
          const figures = await suite.store.metrics.measure(request, measures);
          for (const [index, measure] of measures.entries()) {
            const [own, known] = [figures[index], expected(measure, readings)];
            assert.equal(own?.state, known.state, measure.text);
            if (own && 'value' in own && 'value' in known) {
              assert.ok(
                Math.abs(own.value - known.value) <= 1e-9 * Math.max(1, Math.abs(known.value)),
                `${JSON.stringify(measure.reduction)}: ${own.value}, ${known.value}`,
              );
              assert.deepEqual(own.samples, known.samples);
            }
          }
        }),
        { numRuns: 25, seed: 20260301 },
      );
    });

    it('fail alone where a regular expression does not parse', async () => {
      const bad = metricMeasure(selector('random_1', { label: 'part', operator: '=~', value: '(' }), {
        kind: 'upTime',
      });
      const [first, second] = await suite.store.metrics.measure(request, [
        bad,
        metricMeasure('nobody', { kind: 'upTime' }),
      ]);
      assert.ok(first?.state === 'failed');
      assert.match(first.reason.en, /does not parse/);
      assert.equal(second?.state, 'absent');
    });
  });
}
