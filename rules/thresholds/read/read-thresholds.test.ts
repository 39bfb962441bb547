import assert from 'node:assert/strict';
import type { InputError } from '../../contract.ts';
import { readThresholds } from './read-thresholds.ts';
import { faultsOf, file, one } from './threshold-fixtures.ts';

describe('a threshold file', () => {
  it('gives thresholds with their defaults and their place', () => {
    const [threshold] = readThresholds([{ name: 't.yaml', text: one('    metric: load{disk="a"}') }]);
    assert.deepEqual(threshold, {
      id: 'a',
      title: { zh: 'A', en: 'A' },
      subject: null,
      target: {
        kind: 'metric',
        selector: { metric: 'load', matchers: [{ label: 'disk', operator: '=', value: 'a' }] },
      },
      unit: '',
      everySeconds: 60,
      lookbackSeconds: 300,
      grades: [
        {
          colour: 'red',
          when: { kind: 'below', bound: 0.6 },
          forSeconds: 0,
          hysteresis: 0,
          role: { zh: '市指挥中心', en: 'City' },
          plan: { zh: 'act', en: 'act' },
          runbook: null,
        },
        {
          colour: 'yellow',
          when: { kind: 'below', bound: 0.8 },
          forSeconds: 0,
          hysteresis: 0,
          role: { zh: 'street', en: 'street' },
          plan: { zh: 'look', en: 'look' },
          runbook: null,
        },
      ],
      calm: 'green',
      noData: null,
      schedule: null,
      source: { file: 't.yaml', line: 3 },
    });
  });

  it('hands duration and margin down to grades that name none, and dates to schedules', () => {
    const calendars = `calendars:\n  c: { timeZone: Asia/Shanghai, holidays: ['2026-10-01'], workedInstead: ['2026-10-10'] }\n`;
    const text = file(
      `  - id: a
    title: A
    indicator: m:x.y
    for: 10m
    hysteresis: 0.02
    noData: { for: 1h30m, colour: orange, role: street }
    schedule: { calendar: c, days: working, hours: ['08:30-12:00', '22:00-06:00', '00:00-24:00'] }
    grades:
      - { colour: red, outside: [1, 9], for: 0s, role: r, plan: p, runbook: 'https://x' }
      - { colour: blue, outside: [2, 8], hysteresis: 0.5, role: r, plan: p }`,
      calendars,
    );
    const [threshold] = readThresholds([{ name: 't.yaml', text }]);
    assert.deepEqual(
      threshold?.grades.map(({ forSeconds, hysteresis, runbook }) => [forSeconds, hysteresis, runbook]),
      [
        [0, 0.02, 'https://x'],
        [600, 0.5, null],
      ],
    );
    assert.equal(threshold?.lookbackSeconds, 45 * 86_400);
    assert.deepEqual(threshold?.target, { kind: 'indicator', model: 'm', indicator: 'x.y' });
    assert.deepEqual(threshold?.noData, {
      forSeconds: 5400,
      colour: 'orange',
      role: { zh: 'street', en: 'street' },
    });
    assert.deepEqual(threshold?.schedule, {
      timeZone: 'Asia/Shanghai',
      days: 'working',
      hours: [
        { fromMinute: 510, toMinute: 720 },
        { fromMinute: 1320, toMinute: 360 },
        { fromMinute: 0, toMinute: 1440 },
      ],
      holidays: ['2026-10-01'],
      workedInstead: ['2026-10-10'],
    });
  });

  it('tells all faults of shape together, each with its line and column', () => {
    const text = `schema: citygauge/thresholds@1
thresholds:
  - id: A B
    title: { zh: 甲 }
    metrik: load
    every: soon
    grades:
      - { colour: purple, below: x, role: r, plan: p }
      - { colour: red, belw: 1, plan: p }
`;
    assert.deepEqual(faultsOf(text), [
      't.yaml line 3 column 9 thresholds[0].id: "A B" is no id: write small letters, digits, "-", "." and "_"',
      't.yaml line 4 column 12 thresholds[0].title.en: "en" is missing',
      't.yaml line 5 column 5 thresholds[0].metrik: unknown key "metrik"; did you mean metric?',
      't.yaml line 6 column 12 thresholds[0].every: "soon" is no duration: write for example 30s, 5m, 1h30m, 45d',
      't.yaml line 8 column 19 thresholds[0].grades[0].colour: "purple" is not known: write one of red, orange, yellow, blue, green',
      't.yaml line 8 column 34 thresholds[0].grades[0].below: "x" stands where a number is needed',
      't.yaml line 9 column 9 thresholds[0].grades[1].role: "role" is missing: say who looks',
      't.yaml line 9 column 24 thresholds[0].grades[1].belw: unknown key "belw"; did you mean below?',
    ]);
  });

  it('may not use an id that another file has', () => {
    const text = one('    metric: load');
    assert.throws(
      () =>
        readThresholds([
          { name: 'a.yaml', text },
          { name: 'b.yaml', text },
        ]),
      {
        message:
          'b.yaml line 3 column 9 thresholds[0].id: "a" is the id of a.yaml line 3 already: give each its own',
      },
    );
  });

  it('is told apart from other YAML, and faults of several files come together', () => {
    assert.throws(
      () =>
        readThresholds([
          { name: 'a.yaml', text: 'schema: citygauge/slo@1\nthresholds: []\n' },
          { name: 'b.yaml', text: 'schema: [\n' },
        ]),
      (error: InputError) => {
        assert.deepEqual(error.faults.length, 3);
        assert.match(
          error.faults[0] ?? '',
          /^a.yaml line 1 column 9 schema: "citygauge\/slo@1" is not known/,
        );
        assert.match(error.faults[2] ?? '', /^b.yaml line 2/);
        return true;
      },
    );
  });
});
