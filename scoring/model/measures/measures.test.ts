import assert from 'node:assert/strict';
import { type Measure, type MetricMeasure, type Unit, units } from '../../contract.ts';
import { checkModel } from '../check-model.ts';
import { faultsOf, withChanges } from '../small-model.ts';

/** The small model with one measure put in place of an entry, and a default cadence. */
function withMeasure(measure: string, unit: Unit = 'ratio'): string {
  const own =
    unit === 'ratio'
      ? ''
      : '        direction: higher\n        best: 1\n        worst: 0\n        range: { min: 0, max: null }\n';
  return withChanges(
    [
      '        unit: ratio\n        measure: { entry: true }\n  - id: N',
      `        unit: ${unit}\n${own}        measure: ${measure}\n  - id: N`,
    ],
    ['  units:\n', '  metrics: { every: 60s, minimumCoverage: 0.4, fullCoverage: 0.9 }\n  units:\n'],
  );
}

function measureOf(written: string, unit?: Unit): Measure | undefined {
  const { model, faults } = checkModel(withMeasure(written, unit));
  assert.deepEqual(faults, []);
  return model?.nodes[0]?.children[1]?.leaf?.measure;
}

function reductionOf(written: string, unit?: Unit): [MetricMeasure['reduction'], string] {
  const measure = measureOf(written, unit);
  if (measure?.kind !== 'metric') assert.fail(written);
  return [measure.reduction, measure.text];
}

/** Faults at the measure, with the place within it and without the line. */
function faultsAt(written: string, unit?: Unit): string[] {
  return faultsOf(withMeasure(written, unit)).map((fault) =>
    fault.replace(/^modules\[0\]\.children\[1\](?:\.measure)?\.?/, '').replace(/^(\w*) ?\d+:\d+ /, '$1: '),
  );
}

describe('a measure of a metric', () => {
  it('is read with its selector, its cadence and the coverage that it needs', () => {
    assert.deepEqual(
      measureOf(
        `{ metric: 'probe_success{kind=~"http|tcp",target!="a\\"b"}', reduce: mean, across: min, every: 5m, fullCoverage: 0.95 }`,
      ),
      {
        kind: 'metric',
        of: {
          metric: 'probe_success',
          matchers: [
            { label: 'kind', operator: '=~', value: 'http|tcp' },
            { label: 'target', operator: '!=', value: 'a"b' },
          ],
        },
        reduction: { kind: 'overTime', reduce: 'mean', across: 'min' },
        factor: 1,
        everySeconds: 300,
        minimumCoverage: 0.4,
        fullCoverage: 0.95,
        text: 'metric[every 5m] mean, min across series: probe_success{kind=~"http|tcp",target!="a\\"b"}',
      },
    );
  });

  for (const [written, unit, reduction, text] of [
    [
      '{ metric: x_utilisation_ratio, reduce: share, above: 0.2, below: 0.7 }',
      'ratio',
      { kind: 'share', above: 0.2, below: 0.7 },
      'metric[every 60s] share(0.2..0.7): x_utilisation_ratio',
    ],
    [
      '{ metric: a_total, total: b_total, reduce: ratio, by: increase }',
      'ratio',
      { kind: 'ratio', total: { metric: 'b_total', matchers: [] }, by: 'increase' },
      'metric[every 60s] ratio by increase: a_total / b_total',
    ],
    ['{ metric: up, reduce: upTime }', 'ratio', { kind: 'upTime' }, 'metric[every 60s] upTime: up'],
    [
      '{ metric: x, reduce: staleness, factor: 0.0002777777777777778 }',
      'hour',
      { kind: 'staleness', across: 'max' },
      'metric[every 60s] staleness, max across series: x * 0.0002777777777777778',
    ],
    [
      '{ metric: x, reduce: distinct, label: instance }',
      'count',
      { kind: 'distinct', label: 'instance' },
      'metric[every 60s] distinct(instance): x',
    ],
    [
      '{ metric: x_seconds, reduce: histogramQuantile, at: 0.95 }',
      'second',
      { kind: 'histogramQuantile', at: 0.95 },
      'metric[every 60s] histogramQuantile(0.95): x_seconds',
    ],
    [
      '{ metric: x_total, reduce: increase }',
      'count',
      { kind: 'increase', across: 'sum' },
      'metric[every 60s] increase, sum across series: x_total',
    ],
    [
      '{ metric: x_yuan, total: x_units, reduce: ratio, by: sum }',
      'yuan',
      { kind: 'ratio', total: { metric: 'x_units', matchers: [] }, by: 'sum' },
      'metric[every 60s] ratio by sum: x_yuan / x_units',
    ],
    [
      `{ promql: 'avg(avg_over_time(x{subject=~"$subject"}[$period]))', every: 30s }`,
      'ratio',
      { kind: 'promql', query: 'avg(avg_over_time(x{subject=~"$subject"}[$period]))' },
      'promql[every 30s]: avg(avg_over_time(x{subject=~"$subject"}[$period]))',
    ],
  ] as const) {
    it(`is printed on one line: ${text}`, () => {
      assert.deepEqual(reductionOf(written, unit), [reduction, text]);
    });
  }

  it('may be the figure of an indicator of another model', () => {
    assert.deepEqual(measureOf('{ indicator: other-model:a.b.c }'), {
      kind: 'indicator',
      model: 'other-model',
      indicator: 'a.b.c',
      text: 'indicator other-model:a.b.c',
    });
  });

  for (const [title, written, faults, unit] of [
    ['no reducer', '{ metric: x }', [': "reduce" is missing: what is computed of the samples']],
    [
      'a reducer misspelt',
      '{ metric: x, reduce: uptime }',
      [
        'reduce: "uptime": Invalid option: expected one of "mean"|"min"|"max"|"last"|"sum"|"count"|"p50"|"p90"|"p95"|"p99"|"share"|"increase"|"rate"|"ratio"|"upTime"|"staleness"|"distinct"|"histogramQuantile"',
      ],
    ],
    [
      'two forms at once',
      '{ metric: x, reduce: mean, records: work-orders }',
      [': a measure is one of entry, records, metric, promql, indicator; here stand records and metric'],
    ],
    [
      'keys that the reducer does not read, and lacks those it needs',
      '{ metric: a, reduce: ratio, above: 0.2 }',
      [
        ': "total" is missing; reduce: ratio needs it',
        ': "by" is missing; reduce: ratio needs it',
        'above: "above" says nothing beside ratio; remove it',
      ],
    ],
    [
      'a selector that is a range',
      "{ metric: 'x[5m]', reduce: mean }",
      [
        'metric: column 1 of "x[5m]": a plain selector is needed, `name{label="value"}`, without range, offset or function',
      ],
    ],
    [
      'a selector without a metric',
      `{ metric: '{job="a"}', reduce: mean }`,
      [`metric: column 1 of "{job="a"}": the selector names no metric`],
    ],
    [
      'a regular expression that is none, and one that looks around',
      `{ metric: 'x{a=~"(b", c=~"(?=d)"}', reduce: mean }`,
      [
        `metric: column 6 of "x{a=~"(b", c=~"(?=d)"}": regular expression "(b": missing closing ): \`(b\``,
        `metric: column 15 of "x{a=~"(b", c=~"(?=d)"}": regular expression "(?=d)": invalid or unsupported Perl syntax: \`(?=\``,
      ],
    ],
    [
      'a broken selector',
      `{ metric: 'x{a="b"', reduce: mean }`,
      [`metric: column 8 of "x{a="b"": no PromQL: it ends too early`],
    ],
    [
      'a counter that is averaged',
      '{ metric: x_total, reduce: mean }',
      ['reduce: a counter only grows, so its mean says nothing; use increase, rate or ratio'],
      'count',
    ],
    [
      'a share of nothing',
      '{ metric: x, reduce: share }',
      [': reduce: share needs "above", "below" or both'],
    ],
    [
      'a band turned around and a coverage turned around',
      '{ metric: x, reduce: share, above: 0.7, below: 0.2, minimumCoverage: 0.95 }',
      [
        ': minimumCoverage 0.95 is above fullCoverage 0.9',
        'above: above 0.7 lies beyond below 0.2: no sample can be within',
      ],
    ],
    [
      'a duration without unit',
      '{ metric: x, reduce: mean, every: "60" }',
      ['every: "60": write a duration as a number with a unit, 30s, 5m, 1h or 1d'],
    ],
    [
      'an interval below a second',
      '{ metric: x, reduce: mean, every: 999ms }',
      ['every: "999ms": write 1s or longer: a period is divided into intervals of this length'],
    ],
    [
      'an unknown placeholder',
      `{ promql: 'rate(x{subject=~"$subject"}[$periods])' }`,
      [
        `promql: column 29 of "rate(x{subject=~"$subject"}[$periods])": unknown placeholder "$periods"; did you mean "$period"?`,
      ],
    ],
    [
      'a query over every subject',
      `{ promql: 'sum(x) / sum(y{subject=~"$subject"})' }`,
      [
        `promql: column 5 of "sum(x) / sum(y{subject=~"$subject"})": "x" would read every subject; write \`subject=~"$subject"\` into its braces`,
      ],
    ],
    [
      'a function over time without a range',
      `{ promql: 'rate(x{subject=~"$subject"})' }`,
      [`promql: column 1 of "rate(x{subject=~"$subject"})": rate needs a range, \`rate(metric[$period])\``],
    ],
    [
      'the unit of a share',
      '{ metric: x, reduce: share, above: 0 }',
      ['unit: unit is "count", yet the measure yields "ratio"'],
      'count',
    ],
    [
      'a time without the factor that its unit needs',
      '{ metric: x_seconds, reduce: mean }',
      [
        'unit: the measure yields "second" and the unit is "minute": write "factor: 0.016666666666666666", not 1',
      ],
      'minute',
    ],
    [
      'an indicator of its own model',
      '{ indicator: small:N.x }',
      [`indicator: "small:N.x" is of this model; name another model's indicator`],
    ],
    [
      'an indicator without a model',
      '{ indicator: N.x }',
      ['indicator: "N.x": write `model-id:indicator.id`'],
    ],
  ] as const) {
    it(`is refused with ${title}`, () => {
      assert.deepEqual(faultsAt(written, unit), faults);
    });
  }
});

describe('the units of a measure of a metric', () => {
  it('allow a ratio for a share and nothing else', () => {
    const allowed = units.filter(
      (unit) => faultsAt('{ metric: x, reduce: share, above: 0 }', unit).length === 0,
    );
    assert.deepEqual(allowed, ['ratio']);
  });

  it('allow anything but a time for a metric that names none', () => {
    const allowed = units.filter((unit) => faultsAt('{ metric: x, reduce: mean }', unit).length === 0);
    assert.deepEqual(allowed, ['ratio', 'count', 'score', 'perDay', 'factor', 'yuan']);
  });

  it('allow a factor for a ratio that may leave 0..1, such as an overdrawn budget', () => {
    const allowed = units.filter(
      (unit) => faultsAt('{ metric: left_ratio, reduce: last }', unit).length === 0,
    );
    assert.deepEqual(allowed, ['ratio', 'factor']);
  });

  it('allow ratio and factor for a quotient of two alike', () => {
    const written = '{ metric: a_energy, total: b_energy, reduce: ratio, by: sum }';
    assert.deepEqual(
      units.filter((unit) => faultsAt(written, unit).length === 0),
      ['ratio', 'factor'],
    );
  });
});
