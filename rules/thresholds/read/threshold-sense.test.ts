import assert from 'node:assert/strict';
import { faultsOf, file, grades, one } from './threshold-fixtures.ts';

describe('the sense of a threshold', () => {
  const broken: Readonly<Record<string, readonly [text: string, fault: RegExp]>> = {
    'nothing that is watched': [one('    unit: x'), /line 3 column 5 .*nothing is watched: give exactly one/],
    'two things that are watched': [
      one('    metric: load\n    promql: up'),
      /metric and promql together: give exactly one of indicator, metric, promql/,
    ],
    'a selector that is none': [
      one('    metric: rate(load[5m])'),
      /line 5 column 13 thresholds\[0\]\.metric: a plain selector is needed/,
    ],
    'PromQL that is none': [
      one("    promql: 'sum(up) by ('"),
      /line 5 column 2\d thresholds\[0\]\.promql: no PromQL: it ends too early/,
    ],
    'PromQL that yields a range': [
      one("    promql: 'up[5m]'"),
      /line 5 column 14 thresholds\[0\]\.promql: no PromQL: a range stands here/,
    ],
    'a rate without its range': [one("    promql: 'rate(up)'"), /rate needs a range, `rate\(metric\[5m\]\)`/],
    'PromQL that is text': [one(`    promql: "'up'"`), /promql: no PromQL: a text is no figure/],
    'PromQL without a metric': [one("    promql: '1 + 1'"), /promql: it asks for no metric/],
    'an indicator without a model': [one('    indicator: onTime'), /"onTime" names no indicator/],
    'grades in the wrong order': [
      one(
        '    metric: load',
        '\n    grades:\n      - { colour: yellow, below: 1, role: r, plan: p }\n      - { colour: red, below: 2, role: r, plan: p }',
      ),
      /line 8 column 19 .*"red" after "yellow": write the worst first/,
    ],
    'one grade only': [
      one('    metric: load', '\n    grades:\n      - { colour: red, below: 1, role: r, plan: p }'),
      /1 grades: write two to four, with calm three to five colours/,
    ],
    'a grade that is no worse than calm': [
      one(`    metric: load\n    calm: yellow`),
      /"yellow" is no worse than the calm colour "yellow"/,
    ],
    'a band that is crossed': [
      one(
        '    metric: load',
        '\n    grades:\n      - { colour: red, outside: [9, 1], role: r, plan: p }\n      - { colour: blue, outside: [2, 8], role: r, plan: p }',
      ),
      /line 7 column 3\d .*the band \[9, 1\] is crossed/,
    ],
    'no condition': [
      one(
        '    metric: load',
        '\n    grades:\n      - { colour: red, role: r, plan: p }\n      - { colour: blue, below: 1, role: r, plan: p }',
      ),
      /no condition: give exactly one of above, below, outside, inside/,
    ],
    'a worse grade that is laxer': [
      one(
        '    metric: load',
        '\n    grades:\n      - { colour: red, below: 9, role: r, plan: p }\n      - { colour: blue, below: 8, role: r, plan: p }',
      ),
      /line 7 column 31 .*not among those of the milder grade/,
    ],
    'a worse grade in the other direction': [
      one(
        '    metric: load',
        '\n    grades:\n      - { colour: red, above: 9, role: r, plan: p }\n      - { colour: blue, below: 8, role: r, plan: p }',
      ),
      /not among those of the milder grade/,
    ],
    'a margin larger than the gap': [
      one('    metric: load\n    hysteresis: 0.25'),
      /hysteresis 0.25 is larger than the gap of 0.2 to the next grade/,
    ],
    'a margin that fills the band': [
      one(
        '    metric: load\n    hysteresis: 3',
        '\n    grades:\n      - { colour: red, outside: [-1, 11], role: r, plan: p }\n      - { colour: blue, outside: [4, 10], role: r, plan: p }',
      ),
      /hysteresis 3 leaves nothing of the band \[4, 10\]/,
    ],
    'an unknown calendar': [
      file(
        `  - id: a\n    title: A\n    metric: load\n    schedule: { calendar: chna }${grades}`,
        'calendars:\n  china: { timeZone: Asia/Shanghai }\n',
      ),
      /there is no calendar "chna": did you mean china\?/,
    ],
    'hours without a zone': [
      one("    metric: load\n    schedule: { hours: ['08:00-09:00'] }"),
      /give either a calendar or a timeZone/,
    ],
    'hours that are none': [
      one("    metric: load\n    schedule: { timeZone: UTC, hours: ['8-9'] }"),
      /"8-9" is no stretch of a day/,
    ],
    'an unknown zone': [
      one('    metric: load\n    schedule: { timeZone: Asia/Hexi }'),
      /"Asia\/Hexi" is no IANA zone/,
    ],
    'a date that is none': [
      file(
        `  - id: a\n    title: A\n    metric: load${grades}`,
        "calendars:\n  c: { timeZone: UTC, holidays: ['2026-02-29'] }\n",
      ),
      /"2026-02-29" is no date/,
    ],
    'a date both free and worked': [
      file(
        `  - id: a\n    title: A\n    metric: load${grades}`,
        "calendars:\n  c: { timeZone: UTC, holidays: ['2026-02-01'], workedInstead: ['2026-02-01'] }\n",
      ),
      /"2026-02-01" is among the holidays too/,
    ],
    'a duration longer than the hours': [
      one(
        "    metric: load\n    for: 1h\n    schedule: { timeZone: UTC, hours: ['08:00-09:00', '22:00-22:30'] }",
      ),
      /1h is not over before the longest of the hours \(1h\)/,
    ],
  };
  for (const [what, [text, fault]] of Object.entries(broken)) {
    it(`is refused with ${what}`, () => {
      const faults = faultsOf(text);
      assert.ok(
        faults.some((each) => fault.test(each)),
        `${faults.join('\n')} has not ${fault}`,
      );
    });
  }
});
