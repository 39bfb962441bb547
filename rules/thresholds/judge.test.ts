import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GradeCondition, LampColour, Threshold, ThresholdState } from '../contract.ts';
import { levelOf, warningOf } from '../contract.ts';
import { judge } from './judge.ts';

const words = (text: string) => ({ zh: text, en: text });
const grade = (colour: LampColour, when: GradeCondition, forSeconds = 0, hysteresis = 0) => ({
  ...{ colour, when, forSeconds, hysteresis, role: words('r'), plan: words('p'), runbook: null },
});
const above = (bound: number): GradeCondition => ({ kind: 'above', bound });
const below = (bound: number): GradeCondition => ({ kind: 'below', bound });

const thresholdOf = (grades: Threshold['grades'], more: Partial<Threshold> = {}): Threshold => ({
  ...{ id: 't', title: words('T'), subject: null, unit: '', calm: 'green' as const },
  target: { kind: 'metric', selector: { metric: 'load', matchers: [] } },
  ...{ everySeconds: 60, lookbackSeconds: 300, noData: null, schedule: null },
  source: { file: 't.yaml', line: 1 },
  grades,
  ...more,
});

const start = Date.parse('2026-03-02T00:00:00Z');
const atMinute = (minute: number) => new Date(start + minute * 60_000).toISOString();

/** Judges one value a minute; null = the series does not answer. */
function run(threshold: Threshold, values: readonly (number | null)[]): (ThresholdState | undefined)[] {
  let states: ThresholdState[] = [];
  return values.map((value, minute) => {
    const series = value === null ? [] : [{ labels: { subject: 'hexi' }, value }];
    states = judge(threshold, { at: atMinute(minute), values: { series }, previous: states });
    return states[0];
  });
}
const lamps = (threshold: Threshold, values: readonly (number | null)[]) =>
  run(threshold, values).map((state) => state?.lamp);

const plain = thresholdOf([grade('red', above(9)), grade('yellow', above(7))]);

describe('the judge of a threshold', () => {
  it('gives the worst grade whose condition holds, bounds inside it', () => {
    assert.deepEqual(lamps(plain, [6.99, 7, 8.99, 9, 12]), ['green', 'yellow', 'yellow', 'red', 'red']);
    const band = thresholdOf([
      grade('red', { kind: 'outside', low: 1, high: 9 }),
      grade('blue', { kind: 'outside', low: 2, high: 8 }),
    ]);
    assert.deepEqual(lamps(band, [1, 1.01, 2, 2.01, 7.99, 8, 9]), [
      ...['red', 'blue', 'blue', 'green', 'green', 'blue', 'red'],
    ]);
    const inside = thresholdOf([
      grade('red', { kind: 'inside', low: 4, high: 6 }),
      grade('blue', { kind: 'inside', low: 3, high: 7 }),
    ]);
    assert.deepEqual(lamps(inside, [2.9, 3, 4, 6, 6.1, 7.1]), [
      ...['green', 'blue', 'red', 'red', 'blue', 'green'],
    ]);
  });

  it('waits for the duration from the first judgement on, and anew after each that does not hold', () => {
    const slow = thresholdOf([grade('red', above(9), 180), grade('yellow', above(7), 60)]);
    const states = run(slow, [9, 9, 9, 9, 6, 9, 9]);
    assert.deepEqual(
      states.map((state) => [state?.lamp, state?.pending?.colour, state?.pending?.since.slice(14, 16)]),
      [
        ['green', 'red', '00'],
        ['yellow', 'red', '00'],
        ['yellow', 'red', '00'],
        ['red', undefined, undefined],
        ['green', undefined, undefined],
        ['green', 'red', '05'],
        ['yellow', 'red', '05'],
      ],
    );
    assert.equal(states[2]?.since, atMinute(1));
  });

  it('keeps a given grade until the value has come back by the whole margin', () => {
    const steady = thresholdOf([grade('red', below(3), 0, 0.5), grade('yellow', below(5))]);
    assert.deepEqual(lamps(steady, [3.4, 3, 3.49, 3.5, 3.4, 5.1]), [
      ...['yellow', 'red', 'red', 'yellow', 'yellow', 'green'],
    ]);
  });

  it('does not keep a grade that is not given yet', () => {
    const slow = thresholdOf([grade('red', below(3), 120, 0.5), grade('yellow', below(5))]);
    assert.deepEqual(lamps(slow, [3, 3.2, 3, 3, 3]), ['yellow', 'yellow', 'yellow', 'yellow', 'red']);
  });

  it('says no data for a silent series and for a threshold that nobody answers, with the reason', () => {
    const states = run(plain, [null, 8, null, 8]);
    assert.deepEqual(
      states.map((state) => [state?.lamp, state?.value, state?.subject, state?.reason === null]),
      [
        ['noData', null, null, false],
        ['yellow', 8, 'hexi', true],
        ['noData', null, 'hexi', false],
        ['yellow', 8, 'hexi', true],
      ],
    );
    assert.match(states[0]?.reason?.en ?? '', /^no series has data/);
    assert.match(states[2]?.reason?.en ?? '', /^no data within the lookback/);
  });

  it('says of an indicator without a figure that nothing was evaluated', () => {
    const target = { kind: 'indicator' as const, model: 'm', indicator: 'a.b' };
    const [state] = judge({ ...plain, target }, { at: atMinute(0), values: { series: [] }, previous: [] });
    assert.match(state?.reason?.en ?? '', /^no saved evaluation has a figure of this indicator/);
  });

  it('raises a warning when silence has lasted', () => {
    const noData = { forSeconds: 120, colour: 'orange' as const, role: words('r') };
    const states = run(thresholdOf(plain.grades, { noData }), [8, null, null, null, 6]);
    const threshold = thresholdOf(plain.grades, { noData });
    assert.deepEqual(
      states.map((state) => state && warningOf(threshold, state)),
      ['yellow', null, null, 'orange', null],
    );
  });

  it('forgets a silent series after a day, and never takes a number that is none', () => {
    const [first] = run(plain, [8]);
    assert.ok(first);
    const silence = (minute: number) =>
      judge(plain, { at: atMinute(minute), values: { series: [] }, previous: [first] })[0]?.labels;
    assert.deepEqual(silence(1440), { subject: 'hexi' });
    assert.deepEqual(silence(1441), {});
    assert.deepEqual(lamps(plain, [Number.NaN, Number.POSITIVE_INFINITY]), ['noData', 'noData']);
  });

  it('shows why nothing could be asked, and goes on with what it knew', () => {
    const [first] = run(plain, [8]);
    const fault = { zh: '服务器无响应。', en: 'the server does not answer' };
    const states = judge(plain, { at: atMinute(1), values: { fault }, previous: first ? [first] : [] });
    assert.deepEqual(
      states.map(({ lamp, labels, reason }) => ({ lamp, labels, reason })),
      [{ lamp: 'noData', labels: { subject: 'hexi' }, reason: fault }],
    );
  });

  it('is off outside its schedule, and begins durations anew within it', () => {
    const schedule = {
      ...{ timeZone: 'Asia/Shanghai', days: 'all' as const, holidays: [], workedInstead: [] },
      hours: [{ fromMinute: 8 * 60 + 2, toMinute: 8 * 60 + 5 }],
    };
    const watched = thresholdOf([grade('red', above(9), 60), grade('blue', above(1))], { schedule });
    assert.deepEqual(lamps(watched, [9, 9, 9, 9, 9, 9]), ['off', 'off', 'blue', 'red', 'red', 'off']);
  });

  it('begins durations anew after an hour over its interval in which nobody judged', () => {
    const slow = thresholdOf([grade('red', above(9), 60), grade('blue', above(8))]);
    const previous = run(slow, [9]).flatMap((state) => state ?? []);
    const lampAfter = (minute: number) => {
      const series = [{ labels: { subject: 'hexi' }, value: 9 }];
      return judge(slow, { at: atMinute(minute), values: { series }, previous })[0]?.lamp;
    };
    assert.deepEqual([lampAfter(61), lampAfter(62)], ['red', 'blue']);
  });

  it('goes on with durations and margins where it judges only every few hours', () => {
    const rare = thresholdOf([grade('red', above(9), 14_400, 2), grade('blue', above(8), 0, 1)], {
      everySeconds: 7200,
    });
    let states: ThresholdState[] = [];
    const seen = [9, 9, 9, 7.5, 7.5, 7].map((value, index) => {
      const series = [{ labels: { subject: 'hexi' }, value }];
      states = judge(rare, { at: atMinute(index * 120), values: { series }, previous: states });
      return states[0]?.lamp;
    });
    assert.deepEqual(seen, ['blue', 'blue', 'red', 'red', 'red', 'green']);
  });

  const values = fc.double({ min: -20, max: 20, noNaN: true });

  it('never gives a milder lamp for a worse value (property)', () => {
    const conditions: readonly [Threshold, (value: number) => number][] = [
      [plain, (value) => value],
      [thresholdOf([grade('red', below(-4)), grade('blue', below(3))]), (value) => -value],
      [
        thresholdOf([
          grade('red', { kind: 'outside', low: -9, high: 9 }),
          grade('orange', { kind: 'outside', low: -5, high: 5 }),
        ]),
        (value) => Math.abs(value),
      ],
    ];
    for (const [threshold, badness] of conditions) {
      fc.assert(
        fc.property(values, values, (a, b) => {
          const [worse, better] = badness(a) >= badness(b) ? [a, b] : [b, a];
          const level = (value: number) => levelOf(threshold, lamps(threshold, [value])[0] ?? 'off') ?? -2;
          assert.ok(level(worse) >= level(better));
        }),
      );
    }
  });

  it('never turns calm because data were taken away (property)', () => {
    const slow = thresholdOf([grade('red', above(9), 120, 1), grade('yellow', above(5), 60, 0.5)]);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.nat(39),
        (all, cut) => {
          const gone = all.map((value, index) => (index >= cut ? null : value));
          const after = lamps(slow, gone).slice(cut);
          assert.ok(after.every((lamp) => lamp === 'noData'));
        },
      ),
    );
  });
});
