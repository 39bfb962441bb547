import assert from 'node:assert/strict';
import type { Sli } from '../../contract.ts';
import { type Answer, planCount } from './promql-plan.ts';

const to = Date.parse('2026-09-30T16:00:00Z');
/** Thirty days as Prometheus 2 and Prometheus 3 write them. */
const stretch = { from: to - 2_592_000_000, to, window: '2591999999ms' };
const leftOpen = { ...stretch, window: '2592000s' };
const whole = { withCoverage: true };
const ratioOnly = { withCoverage: false };
const value = (...values: number[]): Answer => ({ series: values.map((each) => ({ value: each })) });
const questionsOf = (sli: Sli, at = stretch, options = whole) =>
  planCount(sli, at, options).questions.map(({ expression, at: instant }) => [expression, instant - to]);

const events: Sli = {
  ...{ kind: 'events', measure: null },
  errorQuery: 'sum(rate(a{code="5"}[{{.window}}]))',
  totalQuery: 'sum(rate(a[{{ .window }}]))',
};

describe('what a PromQL server is asked about a span', () => {
  it('is both queries over exactly its length, a millisecond before its end, and whether there was data', () => {
    assert.deepEqual(questionsOf(events), [
      ['(sum(rate(a{code="5"}[2591999999ms])))', -1],
      ['(sum(rate(a[2591999999ms])))', -1],
      ['count_over_time((sum(rate(a[3600s])))[2591999999ms:25920s])', -1],
    ]);
    assert.deepEqual(questionsOf(events, leftOpen, ratioOnly)[1], ['(sum(rate(a[2592000s])))', -1]);
  });

  it('looks for data as far back as samples of the interval that the SLO names may be apart', () => {
    const measure = { counts: 'bad', measure: { everySeconds: 86_400 } } as const;
    const daily = { ...events, measure } as unknown as Sli;
    assert.match(String(questionsOf(daily)[2]?.[0]), /a\[216000s\]/);
    const hour = { ...stretch, from: to - 3_600_000, window: '3599999ms' };
    assert.match(String(questionsOf(events, hour)[2]?.[0]), /a\[900s\]\)\)\)\[3599999ms:300s\]/);
  });

  it('is steps beyond a bound, without values that are no number', () => {
    const sli: Sli = {
      ...{ kind: 'threshold', query: 'temp # in the hall', operator: '<=', bound: 30.5, everySeconds: 60 },
      measure: null,
    };
    const steps = '(((temp # in the hall\n) >= -Inf) <= bool 30.5)[2591999999ms:60s]';
    assert.deepEqual(questionsOf(sli), [
      [`sum_over_time(${steps})`, -1],
      [`count_over_time(${steps})`, -1],
    ]);
  });

  it('is slices that end within the span, at its very end', () => {
    const of = { errorRatioQuery: 'sum(rate(e[{{.window}}])) / sum(rate(a[{{.window}}]))' };
    const sli: Sli = { kind: 'timeSlices', of, sliceSeconds: 600, target: 0.99 };
    const each = '(((sum(rate(e[600s])) / sum(rate(a[600s]))) >= -Inf) > bool 0.01)[2591400001ms:600s]';
    assert.deepEqual(questionsOf(sli, stretch, ratioOnly), [
      [`sum_over_time(${each})`, 0],
      [`count_over_time(${each})`, 0],
    ]);
    const short = { ...stretch, from: to - 599_000 };
    const plan = planCount(sli, short, whole);
    assert.deepEqual([plan.questions, plan.count([]).state], [[], 'absent']);
  });
});

describe('the count that the answers are', () => {
  const count = (sli: Sli, ...answers: Answer[]) => {
    const { state, counts } = planCount(sli, stretch, whole).count(answers);
    return [state, counts];
  };

  it('makes amounts of what is per second, and takes others as they are', () => {
    assert.deepEqual(count(events, value(0.5), value(20), value(100)), [
      ...['measured', { bad: 1_296_000, total: 51_840_000 }],
    ]);
    const grown: Sli = {
      ...events,
      errorQuery: 'increase(e[{{.window}}])',
      totalQuery: 'increase(a[{{.window}}])',
    };
    assert.deepEqual(count(grown, value(7), value(90), value(100)), ['measured', { bad: 7, total: 90 }]);
  });

  it('knows no bad events of a difference without a value, for no good one may have been written', () => {
    const errorQuery = `${events.totalQuery} - sum(rate(a{code="2"}[{{.window}}]))`;
    const count = planCount({ ...events, errorQuery }, stretch, ratioOnly).count([{ series: [] }, value(3)]);
    assert.equal(count.state, 'absent');
    assert.notEqual(planCount(events, stretch, ratioOnly).count([{ series: [] }, value(3)]).state, 'absent');
  });

  it('is an estimate where there was data at too few instants', () => {
    assert.deepEqual(count(events, value(0), value(20), value(94))[0], 'estimated');
    assert.deepEqual(count(events, value(0), value(20), value())[0], 'estimated');
  });

  it('is absent without events, of none where slices had no traffic, failed with the fault of the server', () => {
    assert.deepEqual(count(events, value(), value(), value()), ['absent', null]);
    const ratio: Sli = { kind: 'ratio', errorRatioQuery: 'e / a', measure: null };
    assert.deepEqual(count(ratio, value(), value(), value(100)), ['zeroBase', { bad: 0, total: 0 }]);
    assert.deepEqual(count(ratio, value(), value(), value()), ['absent', null]);
    const fault: Answer = { fault: { zh: '超限', en: 'too much' }, isTooLarge: true };
    const told = planCount(events, stretch, whole).count([value(1), fault, value(1)]);
    assert.deepEqual([told.state, told.isTooLarge, told.reason?.en], ['failed', true, 'too much']);
  });
});
