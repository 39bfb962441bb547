import assert from 'node:assert/strict';
import { InputError, type Slo } from '../../../contract.ts';
import { readSlos } from '../../../slo.ts';

const spec = (slo: string) =>
  `schema: citygauge/slo@1\nservice: portal\nslos:\n  - { name: pages, objective: 99.5, ${slo} }\n`;
const sloOf = (slo: string): Slo | undefined => readSlos([{ name: 'spec.yaml', text: spec(slo) }]).slos[0];
const events = (sli: string) => {
  const read = sloOf(`sli: ${sli}`)?.sli;
  assert.ok(read?.kind === 'events');
  return read;
};

function faultsOf(slo: string): readonly string[] {
  try {
    sloOf(slo);
  } catch (error) {
    if (error instanceof InputError)
      return error.faults.map((each) => each.replace(/^spec.yaml line 4 /, ''));
    throw error;
  }
  return [];
}

const ratio = "sli: { ratio: 'avg(avg_over_time(x[{{.window}}]))' }";

describe("CityGauge's own format of SLOs", () => {
  it('has defaults for what is not written', () => {
    const { source: _, ...slo } = sloOf(ratio) ?? assert.fail();
    assert.deepEqual(slo, {
      id: 'portal-pages',
      service: 'portal',
      name: 'pages',
      title: { zh: 'pages', en: 'pages' },
      description: '',
      subject: null,
      objectivePercent: 99.5,
      period: { kind: 'rolling', days: 30 },
      sli: { kind: 'ratio', errorRatioQuery: 'avg(avg_over_time(x[{{.window}}]))', measure: null },
      labels: {},
      alerting: { name: '', labels: {}, annotations: {}, page: null, ticket: null, runbook: null },
      minimumEvents: 0,
    });
  });

  it('takes one title for both languages', () => {
    assert.deepEqual(sloOf(`${ratio}, title: 门户可用性`)?.title, { zh: '门户可用性', en: '门户可用性' });
    assert.deepEqual(faultsOf(`${ratio}, title: { zh: 门户 }`), [
      'column 98 slos[0].title.en: "en" is missing',
    ]);
  });

  it('counts all events as bad where no good one was ever written', () => {
    const { errorQuery } = events(
      "{ events: { good: 'sum(rate(g[{{.window}}]))', total: 'sum(rate(t[{{.window}}]))' } }",
    );
    assert.equal(
      errorQuery,
      '(sum(rate(t[{{.window}}]))) - ((sum(rate(g[{{.window}}]))) or 0 * (sum(rate(t[{{.window}}]))))',
    );
  });

  it('measures counters in PromQL and over the embedded readings, and counts none until the first bad event', () => {
    const { measure, ...queries } = events('{ counters: { bad: \'a{code="500"}\', total: a } }');
    assert.deepEqual(queries, {
      kind: 'events',
      errorQuery: '(sum(rate(a{code="500"}[{{.window}}])) or 0 * sum(rate(a[{{.window}}])))',
      totalQuery: 'sum(rate(a[{{.window}}]))',
    });
    assert.deepEqual([measure?.counts, measure?.measure.of?.matchers.length], ['bad', 1]);
    assert.deepEqual(measure?.measure.reduction, {
      kind: 'ratio',
      total: { metric: 'a', matchers: [] },
      by: 'increase',
    });
    const good = events('{ batch: { succeeded: \'a{ok="1"}\', all: a } }');
    assert.equal(good.measure?.counts, 'good');
    assert.equal(
      good.errorQuery,
      'sum(rate(a[{{.window}}])) - (sum(rate(a{ok="1"}[{{.window}}])) or 0 * sum(rate(a[{{.window}}])))',
    );
  });

  it('finds the bucket of a latency, whole bounds in both spellings', () => {
    const bucket = (below: string) =>
      events(`{ latency: { histogram: 'h{job="p"}', below: ${below} } }`).measure?.measure.of;
    const job = { label: 'job', operator: '=', value: 'p' };
    assert.deepEqual(bucket('250ms'), {
      metric: 'h_bucket',
      matchers: [job, { label: 'le', operator: '=', value: '0.25' }],
    });
    assert.deepEqual(bucket('2s'), {
      metric: 'h_bucket',
      matchers: [job, { label: 'le', operator: '=~', value: '2(\\.0)?' }],
    });
    assert.deepEqual(faultsOf('sli: { latency: { histogram: h_bucket, below: 1s } }'), [
      'column 66 slos[0].sli.latency.histogram: name the histogram itself, h: the series are found by its name',
    ]);
  });

  it('takes samples within bounds, and ages that are read or reckoned', () => {
    const samples = events('{ samples: { metric: q, above: 0.9, below: 1, every: 1d } }');
    const newest = 'last_over_time(q[1d])';
    assert.equal(samples.totalQuery, `sum(count_over_time((${newest})[{{.window}}:1m]))`);
    assert.equal(
      samples.errorQuery,
      `(sum(count_over_time((${newest} < 0.9 or ${newest} > 1)[{{.window}}:1m])) or 0 * ${samples.totalQuery})`,
    );
    assert.deepEqual(samples.measure?.measure.reduction, { kind: 'share', above: 0.9, below: 1 });
    const age = events('{ freshness: { timestamp: t, within: 1h } }');
    assert.equal(age.totalQuery, 'sum(count_over_time(((time() - last_over_time(t[5m])))[{{.window}}:1m]))');
    assert.equal(age.measure, null);
    assert.equal(events('{ freshness: { metric: t, within: 1h } }').measure?.counts, 'good');
  });

  it('counts what is not 1 as off line', () => {
    const online = events('{ online: { metric: up, every: 30s } }');
    assert.equal(
      online.errorQuery,
      'sum(count_over_time(up[{{.window}}])) - sum(sum_over_time(up[{{.window}}]))',
    );
    assert.deepEqual(online.measure?.measure.reduction, { kind: 'share', above: 1, below: 1 });
    assert.equal(online.measure?.measure.everySeconds, 30);
  });

  it('reads alerts, a runbook beside the annotations, and alerts that are off', () => {
    const alerting = sloOf(
      `${ratio}, alerting: { name: Bad, runbook: docs/a.md, ticket: false, page: { labels: { a: 1 } } }`,
    )?.alerting;
    assert.deepEqual(alerting, {
      name: 'Bad',
      labels: {},
      annotations: { runbook_url: 'docs/a.md' },
      page: { labels: { a: '1' }, annotations: {} },
      ticket: null,
      runbook: 'docs/a.md',
    });
    assert.deepEqual(faultsOf(`${ratio}, alerting: { runbook: a, annotations: { runbook: b } }`), [
      'column 101 slos[0].alerting: the alerts have no name: write alerting.name, or page: false and ticket: false',
      'column 112 slos[0].alerting.runbook: the annotations name another runbook, "b": name it once',
    ]);
  });

  for (const [slo, fault] of [
    [
      'sli: {}',
      'column 42 slos[0].sli: the SLI is empty: give one of events, ratio, counters, batch, latency, online, samples, freshness, threshold, timeSlices',
    ],
    [
      'sli: { ratio: x, batch: { succeeded: a, all: b } }',
      'column 61 slos[0].sli.batch: "ratio" and "batch" are two SLIs: choose one',
    ],
    ['sli: { events: { total: a } }', 'column 52 slos[0].sli.events: one of errors, good is needed'],
    [
      'sli: { counters: { bad: rate(a), total: b } }',
      'column 61 slos[0].sli.counters.bad: a plain selector is needed, `name{label="value"}`, without range, offset or function',
    ],
    [
      'sli: { samples: { metric: q, every: 1h } }',
      'column 53 slos[0].sli.samples: give above, below or both: the bounds of a good sample',
    ],
    [
      'sli: { samples: { metric: q, above: 2, below: 1, every: 1h } }',
      'column 73 slos[0].sli.samples.above: above 2 lies beyond below 1: no sample can be good',
    ],
    [
      'sli: { online: { metric: up, every: 1M } }',
      'column 73 slos[0].sli.online.every: "1M" is no duration: write 300ms, 30s, 5m, 1h30m or 1d',
    ],
    [
      "sli: { threshold: { query: 'max(rate(x[{{.window}}]))', above: 3 } }",
      'column 76 slos[0].sli.threshold.query: a threshold is compared at each step, whatever the window: write a range of its own, [5m], in place of {{.window}}',
    ],
    [
      'sli: { threshold: { query: x } }',
      'column 55 slos[0].sli.threshold: one of above, atLeast, below, atMost is needed',
    ],
    [
      'sli: { timeSlices: { errors: a, slice: 1m } }',
      'column 56 slos[0].sli.timeSlices: "total" is missing: errors is counted against it',
    ],
    [
      `${ratio}, period: 1M`,
      'column 99 slos[0].period: "1M" is no rolling period: write 30d, or { calendar: month, timeZone: Asia/Shanghai }',
    ],
    [
      `${ratio}, period: { calendar: week, timeZone: UTC }`,
      'column 111 slos[0].period.calendar: "week" is not known: write one of month, quarter, year',
    ],
    [
      `${ratio}, period: { calendar: month, timeZone: Mars }`,
      'column 128 slos[0].period.timeZone: "Mars" is no IANA time zone: write for example Asia/Shanghai',
    ],
    [
      `${ratio}, labels: { a-b: c }`,
      'column 101 slos[0].labels.a-b: "a-b" is no name of a label: write letters, digits and "_", no digit first',
    ],
    [
      `${ratio}, objektive: 3`,
      'column 91 slos[0].objektive: unknown key "objektive"; did you mean objective?',
    ],
  ] as const) {
    it(`refuses ${slo.replace(ratio, '...')}`, () => {
      assert.deepEqual(faultsOf(slo), [fault]);
    });
  }
});
