import assert from 'node:assert/strict';
import fc from 'fast-check';
import { budgetOfFigure, type SloDefinition, type SloFigure, type SloMeasure } from '../../contract.ts';
import { absent, type Count, counted, failed, sumCounts } from './count.ts';
import { figureOf } from './figure.ts';
import { countOfMeasure, countOfSilence, type MeasuredFigure } from './measured-count.ts';

const stateOf = ({ state, counts }: Count) => [state, counts];

describe('a count', () => {
  it('is measured where the stretch has data, and estimated where too much of it has none', () => {
    assert.deepEqual(stateOf(counted(3, 400)), ['measured', { bad: 3, total: 400 }]);
    assert.deepEqual(stateOf(counted(3, 400, 0.95)), ['measured', { bad: 3, total: 400 }]);
    const partly = counted(3, 400, 0.9499);
    assert.deepEqual(stateOf(partly), ['estimated', { bad: 3, total: 400 }]);
    assert.equal(partly.reason?.zh, '仅 95.0% 的时段有数据');
  });

  it('of no events is a base of 0, never a ratio', () => {
    assert.deepEqual(stateOf(counted(0, 0)), ['zeroBase', { bad: 0, total: 0 }]);
  });

  it('fails for what is no count: not finite, negative, more bad than all', () => {
    for (const [bad, total] of [
      [Number.NaN, 7],
      [1, Number.POSITIVE_INFINITY],
      [-1, 7],
      [1, -7],
      [7.1, 7],
      [1, 0],
    ] as const)
      assert.deepEqual(stateOf(counted(bad, total)), ['failed', null], `${bad} of ${total}`);
    assert.deepEqual(counted(7.001, 7).counts, { bad: 7, total: 7 });
  });
});

describe('counts of stretches that follow each other', () => {
  it('add up; a stretch without data makes them an estimate, one that failed a failure', () => {
    assert.deepEqual(stateOf(sumCounts([counted(1, 40), counted(0, 0), counted(2, 60)])), [
      ...['measured', { bad: 3, total: 100 }],
    ]);
    assert.deepEqual(stateOf(sumCounts([counted(1, 40), absent()])), ['estimated', { bad: 1, total: 40 }]);
    assert.deepEqual(stateOf(sumCounts([absent(), absent()])), ['absent', null]);
    const reason = { zh: '无响应', en: 'no answer' };
    assert.equal(sumCounts([counted(1, 40), failed(reason), absent()]).reason, reason);
  });
});

const samples = { present: 96, expected: 100, series: 2 };
const share: SloMeasure = {
  counts: 'good',
  measure: {
    ...{ kind: 'metric', of: { metric: 'x', matchers: [] }, everySeconds: 60, factor: 1, text: 'x' },
    ...{ reduction: { kind: 'share', above: 0, below: 5 }, minimumCoverage: 0.5, fullCoverage: 0.96 },
  },
};
const online: SloMeasure = { ...share, measure: { ...share.measure, reduction: { kind: 'upTime' } } };
const measured = (other: object = {}) =>
  ({ state: 'measured', numerator: 90, denominator: 96, samples, ...other }) as MeasuredFigure;

describe('the count of a metric measure', () => {
  it('takes its numerator for what the measure counts', () => {
    assert.deepEqual(stateOf(countOfMeasure(share, measured())), ['measured', { bad: 6, total: 96 }]);
    const bad = countOfMeasure({ ...share, counts: 'bad' }, measured());
    assert.deepEqual(stateOf(bad), ['measured', { bad: 90, total: 96 }]);
  });

  it('is an estimate below full coverage, but for an on-line flag, whose gaps are bad already', () => {
    const gappy = measured({ samples: { ...samples, present: 95 } });
    assert.equal(countOfMeasure(share, gappy).state, 'estimated');
    assert.equal(countOfMeasure(online, gappy).state, 'measured');
    assert.equal(countOfMeasure(share, measured({ state: 'estimated' })).state, 'estimated');
  });

  it('keeps what is absent, failed or without events apart', () => {
    assert.deepEqual(stateOf(countOfMeasure(share, { state: 'absent' })), ['absent', null]);
    assert.deepEqual(stateOf(countOfMeasure(share, { state: 'zeroBase', samples })), [
      ...['zeroBase', { bad: 0, total: 0 }],
    ]);
    const reason = { zh: '取值不是标志', en: 'no flag' };
    assert.deepEqual(countOfMeasure(share, { state: 'failed', reason }).reason, reason);
    assert.equal(countOfMeasure(share, measured({ numerator: null })).state, 'failed');
  });

  it('of a silent hour is all bad for an on-line flag of known series, and unknown for anything else', () => {
    assert.deepEqual(countOfSilence(online, { series: 2, seconds: 3600 })?.counts, { bad: 120, total: 120 });
    assert.equal(countOfSilence(online, { series: 0, seconds: 3600 }), null);
    assert.equal(countOfSilence(share, { series: 2, seconds: 3600 }), null);
  });
});

const definition: SloDefinition = {
  ...{ id: 'portal-availability', service: 'portal', name: 'availability', description: '' },
  ...{ title: { zh: '可用性', en: 'Availability' }, objectivePercent: 95, minimumEvents: 0 },
  period: { kind: 'calendar', unit: 'month', timeZone: 'Asia/Shanghai' },
  sli: { kind: 'events', errorQuery: 'a', totalQuery: 'b', measure: null },
};

function figure(whole: Count, excluded: readonly Count[] = []): SloFigure {
  const [from, to] = ['2026-08-31T16:00:00Z', '2026-09-30T16:00:00Z'];
  return figureOf({
    ...{ definition, subject: 'hexi', span: { kind: 'month', id: '2026-09', from, to }, asOf: to, whole },
    excluded: excluded.map((count, index) => ({ exclusion: index + 1, from, to, count })),
    ...{ recent: new Map([['1h', counted(1, 8)]]), queries: ['a', 'b'], computedAt: to },
  });
}

describe('the figure of a span', () => {
  it('keeps ratios of windows that had events, and what exclusions count', () => {
    const of = figure(counted(30, 1000), [counted(8, 90), absent()]);
    assert.deepEqual(of.recent, { '1h': 0.125 });
    assert.deepEqual(
      of.excluded.map(({ exclusion, bad, total }) => [exclusion, bad, total]),
      [
        [1, 8, 90],
        [2, 0, 0],
      ],
    );
    assert.equal(of.state, 'measured');
  });

  it('is an estimate where an exclusion could not be counted', () => {
    const of = figure(counted(30, 1000), [counted(8, 90), failed({ zh: '超时', en: 'time-out' })]);
    assert.equal(of.state, 'estimated');
    assert.match(of.reason?.en ?? '', /exclusion 2 covers could not be counted/);
  });

  it('never attains more for data that is taken away', () => {
    const part = fc
      .tuple(fc.integer({ min: 0, max: 500 }), fc.double({ min: 0, max: 0.2, noNaN: true }))
      .map(([total, ratio]) => counted(total * ratio, total));
    const parts = fc.array(fc.tuple(part, fc.boolean()), { minLength: 1, maxLength: 40 });
    const isMet = (counts: readonly Count[]) =>
      budgetOfFigure(definition, figure(sumCounts(counts))).raw.isMet;
    let taken = 0;
    fc.assert(
      fc.property(parts, (all) => {
        const whole = isMet(all.map(([count]) => count));
        const rest = isMet(all.map(([count, isKept]) => (isKept ? count : absent())));
        if (all.every(([, isKept]) => isKept)) return assert.equal(rest, whole);
        taken += 1;
        assert.notEqual(rest, true);
      }),
    );
    assert.ok(taken > 50, `only ${taken}`);
  });
});
