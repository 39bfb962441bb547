import assert from 'node:assert/strict';
import type { Slo } from '../../../contract.ts';
import { readSlos } from '../../../slo.ts';
import { faultsOf } from '../test-specs.ts';

const files = (...texts: readonly string[]) =>
  texts.map((text, index) => ({ name: `${index + 1}.yaml`, text }));
const slosOf = (...texts: readonly string[]): readonly Slo[] => readSlos(files(...texts)).slos;

const refusalOf = (...texts: readonly string[]) => faultsOf(() => slosOf(...texts));

const source = (query: string) => `metricSource: { type: Prometheus, spec: { query: '${query}' } }`;
const goodTotal = (more = '') =>
  `ratioMetric: { ${more}good: { ${source('sum(a{code="200"})')} }, total: { ${source('sum(a)')} } }`;

/** An SLO; `spec` replaces or adds lines by their key. */
function slo(spec: Readonly<Record<string, string>> = {}): string {
  const lines = {
    service: 'web',
    budgetingMethod: 'Occurrences',
    indicator: `{ spec: { ${goodTotal()} } }`,
    objectives: '[{ target: 0.99 }]',
    ...spec,
  };
  const body = Object.entries(lines).filter(([, value]) => value !== '');
  const text = body.map(([key, value]) => `  ${key}: ${value}\n`).join('');
  return `apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: pages }\nspec:\n${text}`;
}
const object = (kind: string, name: string, spec: string) =>
  `apiVersion: openslo/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const sliOf = (...texts: readonly string[]) => slosOf(...texts)[0]?.sli;
const indicator = (metric: string) => ({ indicator: `{ spec: { ${metric} } }` });

describe('OpenSLO v1', () => {
  it('counts errors as the total less the good, over the window of the rule', () => {
    assert.deepEqual(sliOf(slo()), {
      kind: 'events',
      errorQuery:
        '(sum(rate(a[{{.window}}]))) - ((sum(rate(a{code="200"}[{{.window}}]))) or 0 * (sum(rate(a[{{.window}}]))))',
      totalQuery: 'sum(rate(a[{{.window}}]))',
      measure: null,
    });
  });

  it('takes bad events as they are, and queries with a window too', () => {
    const bad = `ratioMetric: { bad: { ${source('sum(rate(b[{{.window}}]))')} }, total: { ${source('sum(a)')} } }`;
    const sli = sliOf(slo(indicator(bad)));
    assert.ok(sli?.kind === 'events');
    assert.equal(sli.errorQuery, 'sum(rate(b[{{.window}}]))');
  });

  it('sums what is no counter, or has a range of its own, over the steps of the window', () => {
    const gauge = sliOf(slo(indicator(goodTotal('counter: false, '))));
    assert.ok(gauge?.kind === 'events');
    assert.equal(gauge.totalQuery, 'sum_over_time((sum(a))[{{.window}}:])');
    const ranged = goodTotal().replaceAll('sum(a)', 'sum(rate(a[5m]))');
    const sli = sliOf(slo(indicator(ranged)));
    assert.ok(sli?.kind === 'events');
    assert.equal(sli.totalQuery, 'sum_over_time((sum(rate(a[5m])))[{{.window}}:])');
  });

  it('reads a raw ratio of successes or failures', () => {
    const raw = (type: string) =>
      sliOf(slo(indicator(`ratioMetric: { rawType: ${type}, raw: { ${source('avg(x)')} } }`)));
    const mean = 'avg_over_time((avg(x))[{{.window}}:])';
    assert.deepEqual(raw('failure'), { kind: 'ratio', errorRatioQuery: mean, measure: null });
    assert.deepEqual(raw('success'), { kind: 'ratio', errorRatioQuery: `1 - (${mean})`, measure: null });
  });

  it('compares a threshold: good is what the operator says', () => {
    const threshold = indicator(`thresholdMetric: { ${source('max(x)')} }`);
    assert.deepEqual(sliOf(slo({ ...threshold, objectives: '[{ op: lte, value: 3.5, target: 0.9 }]' })), {
      kind: 'threshold',
      query: 'max(x)',
      operator: '<=',
      bound: 3.5,
      everySeconds: 60,
      measure: null,
    });
    assert.deepEqual(refusalOf(slo(threshold)), [
      '1.yaml line 8 column 16 spec.objectives[0]: a thresholdMetric needs op and value: good is `value of the query op value`',
    ]);
  });

  it('reads time slices, a bare number of minutes too', () => {
    const slices = (method: string, objective: string) =>
      sliOf(slo({ budgetingMethod: method, objectives: `[{ target: 0.9, ${objective} }]` }));
    const one = slices('Timeslices', 'timeSliceTarget: 0.95, timeSliceWindow: 5');
    assert.ok(one?.kind === 'timeSlices');
    assert.deepEqual([one.sliceSeconds, one.target], [300, 0.95]);
    const two = slices('RatioTimeslices', 'timeSliceWindow: 1h');
    assert.ok(two?.kind === 'timeSlices');
    assert.deepEqual([two.sliceSeconds, two.target], [3600, null]);
    assert.deepEqual(refusalOf(slo({ budgetingMethod: 'Timeslices' })), [
      '1.yaml line 8 column 16 spec.objectives[0]: Timeslices needs timeSliceWindow, for example 1m',
      '1.yaml line 8 column 16 spec.objectives[0]: Timeslices needs timeSliceTarget, the share of good events of a good slice, above 0 up to 1',
    ]);
  });

  it('judges the slices of a threshold by the share of samples within it', () => {
    const sli = sliOf(
      slo({
        ...indicator(`thresholdMetric: { ${source('max(x)')} }`),
        budgetingMethod: 'Timeslices',
        objectives: '[{ op: lt, value: 3, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }]',
      }),
    );
    assert.ok(sli?.kind === 'timeSlices');
    assert.deepEqual(sli.of, { errorRatioQuery: '1 - avg_over_time(((max(x)) < bool 3)[{{.window}}:])' });
  });

  it('makes an SLO of every objective, of per cent or a ratio', () => {
    const objectives =
      '[{ displayName: Goal, target: 0.07 }, { displayName: Promise, targetPercent: 99.95 }]';
    assert.deepEqual(
      slosOf(slo({ objectives })).map(({ id, title, objectivePercent }) => [id, title.en, objectivePercent]),
      [
        ['web-pages-0', 'Goal', 7],
        ['web-pages-1', 'Promise', 99.95],
      ],
    );
    const condition = '{ severity: page, condition: { threshold: 6, lookbackWindow: 6h } }';
    const alertPolicies = `[{ metadata: { name: Slow }, spec: { conditions: [{ metadata: { name: c }, spec: ${condition} }] } }]`;
    assert.deepEqual(
      slosOf(slo({ objectives, alertPolicies })).map(({ alerting }) => alerting.name),
      ['Slow-0', 'Slow-1'],
    );
  });

  for (const [timeWindow, period] of [
    ['', { kind: 'rolling', days: 30 }],
    ['[{ duration: 4w, isRolling: true }]', { kind: 'rolling', days: 28 }],
    ['[{ duration: 1M, isRolling: true }]', { kind: 'rolling', days: 30 }],
    ['[{ duration: 36h, isRolling: true }]', { kind: 'rolling', days: 1.5 }],
    [
      '[{ duration: 1M, calendar: { startTime: 2026-03-01 00:00:00, timeZone: UTC } }]',
      { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
    ],
    [
      '[{ duration: 3M, isRolling: false, calendar: { startTime: 2026-04-01 00:00, timeZone: Asia/Shanghai } }]',
      { kind: 'calendar', unit: 'quarter', timeZone: 'Asia/Shanghai' },
    ],
    [
      '[{ duration: 1Y, calendar: { startTime: 2026-01-01 00:00:00, timeZone: UTC } }]',
      { kind: 'calendar', unit: 'year', timeZone: 'UTC' },
    ],
  ] as const) {
    it(`reads the window ${timeWindow || '(none)'}`, () => {
      assert.deepEqual(slosOf(slo({ timeWindow }))[0]?.period, period);
    });
  }

  it('refuses calendars that are none of ours', () => {
    const faults = (window: string) =>
      refusalOf(slo({ timeWindow: `[${window}]` })).map((each) => each.replace(/^1.yaml line 9 /, ''));
    assert.deepEqual(
      faults('{ duration: 1w, calendar: { startTime: 2026-01-05 00:00:00, timeZone: Mars } }'),
      [
        'column 28 spec.timeWindow[0].duration: a calendar period of 1w is not kept: write 1M, 1Q or 1Y, or a rolling window',
        'column 86 spec.timeWindow[0].calendar.timeZone: "Mars" is no IANA time zone: write for example Asia/Shanghai',
      ],
    );
    assert.deepEqual(
      faults('{ duration: 1Q, calendar: { startTime: 2026-02-01 00:00:00, timeZone: UTC } }'),
      [
        'column 55 spec.timeWindow[0].calendar.startTime: "2026-02-01 00:00:00" is not the beginning of a quarter: calendar periods begin at midnight of its first day, 2026-01-01 00:00:00',
      ],
    );
    assert.deepEqual(faults('{ duration: 30d, isRolling: false }'), [
      'column 16 spec.timeWindow[0]: a window that does not roll needs its calendar: startTime and timeZone',
    ]);
  });

  it('finds a minute that means a month', () => {
    const { findings } = readSlos(files(slo({ timeWindow: '[{ duration: 1m, isRolling: true }]' })));
    assert.deepEqual(
      findings.filter(({ level }) => level === 'fault').map(({ rule, line, column }) => [rule, line, column]),
      [['minute-as-month', 9, 28]],
    );
  });

  it('follows references over documents and files, in any order', () => {
    const policies = '[{ alertPolicyRef: wake }, slow]';
    const main = slo({ indicator: '', indicatorRef: 'ratio', alertPolicies: policies });
    const condition = (severity: string) =>
      `{ severity: ${severity}, condition: { kind: burnrate, threshold: 14.4, lookbackWindow: 1h } }`;
    const others = [
      object(
        'AlertPolicy',
        'wake',
        '{ conditions: [{ conditionRef: fast }], notificationTargets: [{ targetRef: phone }] }',
      ).replace(
        '{ name: wake }',
        '{ name: wake, displayName: PagesFail, labels: { team: [a, b], k8s.io/x: y }, annotations: { summary: s } }',
      ),
      object(
        'AlertPolicy',
        'slow',
        `{ conditions: [{ kind: AlertCondition, metadata: { name: low }, spec: ${condition('low')} }] }`,
      ),
      object('AlertCondition', 'fast', condition('sev1')),
      object('AlertNotificationTarget', 'phone', '{ target: phone }'),
      object('DataSource', 'here', '{ type: prometheus, connectionDetails: { any: thing } }'),
      object('SLI', 'ratio', `{ ${goodTotal().replaceAll('type: Prometheus', 'metricSourceRef: here')} }`),
    ].join('---\n');
    const [first] = slosOf(main, others);
    assert.equal(first?.sli.kind, 'events');
    assert.deepEqual(first?.alerting, {
      name: 'PagesFail',
      labels: {},
      annotations: {},
      page: { labels: { team: 'a,b', k8s_io_x: 'y' }, annotations: { summary: 's' } },
      ticket: { labels: {}, annotations: {} },
      runbook: null,
    });
  });

  it('names references that lead nowhere, with what they may have meant', () => {
    const main = slo({ indicator: '', indicatorRef: 'ratios', alertPolicies: '[{ alertPolicyRef: wake }]' });
    const sli = object(
      'SLI',
      'ratio',
      `{ ${goodTotal().replaceAll('type: Prometheus', 'metricSourceRef: there')} }`,
    );
    assert.deepEqual(refusalOf(main, sli), [
      '1.yaml line 8 column 17 spec.indicatorRef: there is no SLI "ratios" in the files given; did you mean "ratio"?',
      '1.yaml line 9 column 37 spec.alertPolicies[0].alertPolicyRef: there is no AlertPolicy "wake" in the files given; add a document of kind AlertPolicy with that name',
    ]);
    const right = slo({ indicator: '', indicatorRef: 'ratio' });
    assert.match(refusalOf(right, sli)[0] ?? '', /^2\.yaml line 4 .*there is no DataSource "there"/);
  });

  it('tells a fault of the SLI in the file where the SLI stands', () => {
    const sli = object('SLI', 'ratio', `{ ${goodTotal().replace('sum(a)', 'sum(a')} }`);
    assert.deepEqual(
      refusalOf(slo({ indicator: '', indicatorRef: 'ratio' }), sli).map((each) => each.slice(0, 14)),
      ['2.yaml line 4 '],
    );
  });

  it('tells the faults of an object once, and not that it is missing where it is referred to', () => {
    const sli = object('SLI', 'ratio', '{ ratioMetrics: {} }');
    assert.deepEqual(refusalOf(slo({ indicator: '', indicatorRef: 'ratio' }), sli), [
      '2.yaml line 4 column 9 spec.ratioMetrics: unknown key "ratioMetrics"; did you mean ratioMetric?',
    ]);
  });

  it('sums good events and all of a query with several series, each by itself', () => {
    const bare = `ratioMetric: { good: { ${source('hits{code="200"}')} }, total: { ${source('hits{}')} } }`;
    const sli = sliOf(slo(indicator(bare)));
    assert.ok(sli?.kind === 'events');
    const all = 'sum(rate(hits{}[{{.window}}]))';
    assert.equal(sli.totalQuery, all);
    assert.equal(sli.errorQuery, `(${all}) - ((sum(rate(hits{code="200"}[{{.window}}]))) or 0 * (${all}))`);
  });

  it('takes an empty list of policies for none', () => {
    assert.equal(slosOf(slo({ alertPolicies: '~' }))[0]?.alerting.page, null);
  });

  it('refuses weeks of a calendar, and periods that begin at noon, both at once', () => {
    const calendar = '{ startTime: 2022-01-01 12:00:00, timeZone: America/New_York }';
    assert.deepEqual(refusalOf(slo({ timeWindow: `[{ duration: 1w, calendar: ${calendar} }]` })), [
      '1.yaml line 9 column 28 spec.timeWindow[0].duration: a calendar period of 1w is not kept: write 1M, 1Q or 1Y, or a rolling window',
      '1.yaml line 9 column 55 spec.timeWindow[0].calendar.startTime: "2022-01-01 12:00:00" is not the beginning of a period: calendar periods begin at midnight of its first day, 2026-01-01 00:00:00',
    ]);
  });

  it('refuses what has no meaning here, each with its place', () => {
    const faults = (spec: Readonly<Record<string, string>>) =>
      refusalOf(slo(spec)).map((each) => each.replace(/^1.yaml line \d+ column \d+ /, ''));
    assert.deepEqual(faults(indicator(goodTotal().replace('type: Prometheus', 'type: Datadog'))), [
      'spec.indicator.spec.ratioMetric.good.metricSource.type: metric sources of type "Datadog" are not read: Prometheus only',
    ]);
    assert.deepEqual(faults(indicator(`ratioMetric: { good: { ${source('a')} } }`)), [
      'spec.indicator.spec.ratioMetric: good and total, bad and total, or raw with rawType are needed; given: good',
    ]);
    assert.deepEqual(
      faults({ objectives: '[{ target: 0.9, targetPercent: 90 }, { target: 0.9, indicatorRef: x }]' }),
      [
        'spec.objectives[0]: an objective has either target, 0.999, or targetPercent, 99.9',
        'spec.objectives[1].indicatorRef: composite SLOs are not read: write an SLO of its own for each',
      ],
    );
    const policy =
      '[{ metadata: { name: p }, spec: { conditions: [{ metadata: { name: c }, spec: { severity: sometimes, condition: { threshold: 2, lookbackWindow: 1h } } }] } }]';
    assert.deepEqual(faults({ alertPolicies: policy }), [
      'spec.alertPolicies[0].spec.conditions[0].spec.severity: "sometimes" is neither a page nor a ticket: write page or ticket',
    ]);
    assert.deepEqual(refusalOf(object('Slo', 'x', '{}')), [
      '1.yaml line 2 column 7 kind: the kind is not known; did you mean SLO?',
    ]);
  });

  it('reads the objects of a list, as its own tools write them', () => {
    const list = `- ${slo().trimEnd().replaceAll('\n', '\n  ')}\n`;
    assert.deepEqual(
      slosOf(list).map(({ id, source }) => [id, source.line]),
      [['web-pages', 1]],
    );
    assert.deepEqual(refusalOf('- { version: prometheus/v1 }\n- 3\n').length, 2);
  });
});
