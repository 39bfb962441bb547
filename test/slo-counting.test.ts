import assert from 'node:assert/strict';
import type { Context } from 'mocha';
import { countFigures } from '../cli/compose/slo/counting.ts';
import type { Reading, Subject } from '../collectors/contract.ts';
import { daysIn } from '../rules/budgets.ts';
import type { Sli, SloDefinition, SloExclusion, SloFigure, SloSpan } from '../rules/contract.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { openPromql } from '../store/metrics/promql/promql-source.ts';
import { importText, openMetricsText } from './metric-samples.ts';
import { startPrometheusServer } from './prometheus-server.ts';
import { startVictoriaMetricsServer } from './victoria-metrics-server.ts';

const minute = 60_000;
/** 24 to 26 October in Berlin: 73 hours, for the 25th has 25. */
const span: SloSpan = { kind: 'month', id: 'x', from: '2026-10-23T22:00:00Z', to: '2026-10-26T23:00:00Z' };
const [begins, ends] = [Date.parse(span.from), Date.parse(span.to)];
const minutes = (ends - begins) / minute;
/** Two hours of faults on the day of 25 hours. */
const fault = [Date.parse('2026-10-25T10:00:00Z'), Date.parse('2026-10-25T12:00:00Z')] as const;
/** Four hours in which `gappy` says nothing. */
const gap = [Date.parse('2026-10-26T01:00:00Z'), Date.parse('2026-10-26T05:00:00Z')] as const;
const isIn = (at: number, [from, to]: readonly [number, number]) => at >= from && at < to;

/** A sample in the middle of every minute, from ten minutes before the span on. */
function samples(): Reading[] {
  const readings: Reading[] = [];
  let errors = 0;
  for (let index = -10; index < minutes; index += 1) {
    const at = begins + index * minute;
    if (isIn(at, fault)) errors += 5;
    const put = (metric: string, value: number, labels: Reading['labels'] = {}) =>
      readings.push({ metric, labels, at: new Date(at + 15_000).toISOString(), value });
    put('requests_total', (index + 10) * 10, { code: '200' });
    put('requests_total', errors, { code: '500' });
    put('idle_total', 7);
    put('temperature_celsius', isIn(at, fault) ? 35.5 : 21.5);
    if (!isIn(at, gap)) put('gappy', 1);
    for (const shard of ['a', 'b', 'c', 'd', 'e']) put('shards_total', (index + 10) * 2, { shard });
  }
  return readings;
}

const errors = (query = 'requests_total{code="500"}') => `sum(rate(${query}[{{.window}}]))`;
const events = (errorQuery: string, totalQuery: string): Sli => ({
  ...{ kind: 'events', errorQuery, totalQuery, measure: null },
});
const below = (query: string, bound: number): Sli => ({
  ...{ kind: 'threshold', query, operator: '<', bound, everySeconds: 60, measure: null },
});
const requests = { errorQuery: errors(), totalQuery: errors('requests_total') };

const slis = {
  rates: events(errors(), errors('requests_total')),
  growth: events(
    'sum(increase(requests_total{code="500"}[{{.window}}])) # of the window',
    'sum(increase(requests_total[{{.window}}]))',
  ),
  none: events('sum(rate(requests_total{code="404"}[{{.window}}]))', errors('requests_total')),
  unclear: events('sum(rate(failures_total[{{.window}}]))', errors('requests_total')),
  shards: events(errors('shards_total{shard="a"}'), errors('shards_total')),
  idle: events('sum(rate(idle_total{x="y"}[{{.window}}]))', 'sum(rate(idle_total[{{.window}}]))'),
  gone: events(errors('gone_total'), errors('gone_total')),
  several: events(errors(), 'rate(requests_total[{{.window}}])'),
  broken: events('sum(', errors('requests_total')),
  swapped: events(errors('requests_total'), errors()),
  warm: below('temperature_celsius', 30),
  gappy: below('gappy', 2),
  ratio: { kind: 'ratio', errorRatioQuery: `${errors()} / ${errors('requests_total')}`, measure: null },
  slices: { kind: 'timeSlices', of: requests, sliceSeconds: 300, target: 0.99 },
  sliceMean: { kind: 'timeSlices', of: requests, sliceSeconds: 300, target: null },
} as const satisfies Record<string, Sli>;

function definitionOf(name: keyof typeof slis): SloDefinition {
  return {
    ...{ id: name, service: 'portal', name, title: { zh: name, en: name }, description: '' },
    ...{ objectivePercent: 99, minimumEvents: 0, sli: slis[name] },
    period: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' },
  };
}

const maintenance: SloExclusion = {
  ...{ id: 7, slo: 'rates', subject: 'berlin', kind: 'maintenance', reason: 'r', by: 'b', evidence: 'e' },
  ...{ from: '2026-10-25T10:30:00Z', to: '2026-10-25T11:30:00Z' },
  ...{ recordedAt: span.to, withdrawnAt: null, withdrawnBy: null },
};
const berlin = { id: 'berlin', parent: null, timeZone: 'Europe/Berlin', isSample: false } as Subject;
const near = (actual: number | undefined, expected: number, within: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`);

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Setting {
  readonly name: string;
  /** With the samples in. */
  start(context: Context): Promise<Server>;
  /** Text of the whole span in its dialect. */
  readonly window: string;
  /** Minutes of the gap in which the value before it still shows. */
  readonly lookback: number;
}

const settings: readonly Setting[] = [
  {
    name: 'Prometheus',
    // Five series over three days are too much at once, over a day they are not.
    start: (context) =>
      startPrometheusServer(context, {
        openMetrics: openMetricsText(samples()),
        args: ['--query.max-samples=20000'],
      }),
    window: '262799999ms',
    lookback: 4,
  },
  {
    name: 'VictoriaMetrics',
    async start(context) {
      const server = await startVictoriaMetricsServer(context);
      const body = importText(samples());
      const answer = await fetch(`${server.url}/api/v1/import/prometheus`, { method: 'POST', body });
      assert.ok(answer.ok);
      await server.flush();
      return server;
    },
    window: '262800s',
    lookback: 0,
  },
];

for (const setting of settings) describeCounting(setting);

function describeCounting({ name: serverName, start, window, lookback }: Setting): void {
  describe(`counting of promises on ${serverName}`, function () {
    this.timeout(60_000);
    let server: Server | undefined;
    const figures = new Map<string, readonly SloFigure[]>();
    const days = daysIn(span, 'Europe/Berlin');
    const whole = (name: keyof typeof slis) => figures.get(name)?.[0] as SloFigure;
    let requestsSent = 0;

    before(async function () {
      server = await start(this);
      const promql = openPromql({ url: server.url });
      const store = { promql, subjects: { list: async () => [berlin] } } as unknown as EvidenceStore;
      const metrics = { measure: async () => assert.fail('the readings were asked') };
      const orders = (Object.keys(slis) as (keyof typeof slis)[]).map((name) => ({
        definition: definitionOf(name),
        ...{ subject: 'berlin', spans: [span, ...days], exclusions: name === 'rates' ? [maintenance] : [] },
      }));
      const time = { asOf: span.to, now: span.to };
      const counted = await countFigures({ ...store, metrics } as unknown as EvidenceStore, orders, time);
      for (const figure of counted) figures.set(figure.slo, [...(figures.get(figure.slo) ?? []), figure]);
      requestsSent = promql.requests;
    });

    after(() => server?.stop());

    it('counts events of rates and of growth over exactly the span, and its part within an exclusion', () => {
      const { counts, state, excluded, recent, queries } = whole('rates');
      assert.equal(state, 'measured');
      near(counts?.total, 44_400, 1);
      near(counts?.bad, 600, 1);
      const [cut] = excluded;
      assert.deepEqual([cut?.exclusion, cut?.from, cut?.to], [7, maintenance.from, maintenance.to]);
      near(cut?.bad, 300, 6);
      near(cut?.total, 900, 6);
      near(recent['3d'], 600 / 43_800, 1e-4);
      assert.deepEqual(Object.keys(recent), ['1h', '6h', '1d', '3d']);
      assert.equal(queries[1], `sum(rate(requests_total[${window}]))`);
      const grown = whole('growth').counts;
      near(grown?.total, counts?.total ?? 0, 1e-3);
      near(grown?.bad, counts?.bad ?? 0, 1e-3);
    });

    it('counts the same by days as at once, over 24, 25 and 24 hours', () => {
      assert.deepEqual(
        days.map(({ id, from, to }) => [id, (Date.parse(to) - Date.parse(from)) / 3_600_000]),
        [
          ['2026-10-24', 24],
          ['2026-10-25', 25],
          ['2026-10-26', 24],
        ],
      );
      for (const [name, within] of [
        ['rates', 1],
        ['warm', 0],
        ['ratio', 1e-9],
        ['slices', 0],
      ] as const) {
        const [all, ...parts] = figures.get(name) ?? [];
        const sum = (of: 'bad' | 'total') =>
          parts.reduce((total, { counts }) => total + (counts?.[of] ?? 0), 0);
        assert.equal(parts.length, 3);
        near(sum('bad'), all?.counts?.bad ?? 0, within);
        near(sum('total'), all?.counts?.total ?? 0, within);
      }
      assert.deepEqual(
        (figures.get('warm') ?? []).map(({ counts }) => counts?.total),
        [4380, 1440, 1500, 1440],
      );
    });

    it('counts steps beyond a bound, five-minute ratios, and slices below their target', () => {
      assert.deepEqual(whole('warm').counts, { bad: 120, total: 4380 });
      assert.deepEqual(whole('slices').counts, { bad: 24, total: 876 });
      for (const name of ['ratio', 'sliceMean'] as const) {
        near(whole(name).counts?.bad, 8, 1e-9);
        assert.equal(whole(name).counts?.total, 876);
      }
      assert.deepEqual(
        new Set((['warm', 'slices', 'ratio'] as const).map((each) => whole(each).state)),
        new Set(['measured']),
      );
    });

    it('takes no series of errors for no error only where the metric itself counts all events', () => {
      assert.deepEqual([whole('none').counts?.bad, whole('none').state], [0, 'measured']);
      assert.deepEqual([whole('unclear').counts, whole('unclear').state], [null, 'absent']);
      assert.match(whole('unclear').reason?.en ?? '', /whether there was no error or no data is not known/);
    });

    it('tells no traffic, no data and a gap apart', () => {
      assert.deepEqual([whole('idle').state, whole('idle').counts], ['zeroBase', { bad: 0, total: 0 }]);
      assert.deepEqual([whole('gone').state, whole('gone').counts], ['absent', null]);
      const { state, reason, counts } = whole('gappy');
      assert.deepEqual([state, counts], ['estimated', { bad: 0, total: 4380 - 240 + lookback }]);
      assert.match(reason?.en ?? '', /only 94.[56]% of the span/);
      assert.deepEqual(
        (figures.get('gappy') ?? []).map((each) => each.state),
        ['estimated', 'measured', 'measured', 'estimated'],
      );
    });

    it('fails one SLO for its query and leaves the others theirs', () => {
      const told = (name: keyof typeof slis) => {
        assert.deepEqual([whole(name).state, whole(name).counts], ['failed', null]);
        return whole(name).reason?.en ?? '';
      };
      assert.match(told('several'), /returns 2 series where an SLO needs one value/);
      assert.match(told('broken'), /rejects the query/);
      assert.match(told('swapped'), /more bad events than events/);
    });

    it('counts day by day what is too large at once', () => {
      const { state, counts } = whole('shards');
      assert.equal(state, 'measured');
      near(counts?.total, 10 * minutes, 1);
      near(counts?.bad, 2 * minutes, 1);
      assert.ok(requestsSent < 250, `${requestsSent} requests`);
    });
  });
}
