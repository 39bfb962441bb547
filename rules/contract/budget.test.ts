import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adjustedCounts, allowedRatio, budgetOfFigure, cutPercent } from './budget.ts';
import type { SloFigure, SloSpan } from './slo-figure.ts';

const day = 86_400;
/** 30 days. */
const september: SloSpan = {
  ...{ kind: 'month', id: '2026-09' },
  ...{ from: '2026-08-31T16:00:00Z', to: '2026-09-30T16:00:00Z' },
};

function figure(other: Partial<SloFigure> = {}): SloFigure {
  return {
    ...{ slo: 'portal-availability', subject: 'hexi', span: september, asOf: september.to },
    ...{ counts: { bad: 30, total: 10_000 }, state: 'measured', reason: null, excluded: [], recent: {} },
    ...{ queries: [], specSha256: '', revision: 1, computedAt: september.to },
    ...other,
  };
}

const promise = { objectivePercent: 99.5, minimumEvents: 200 };
const near = (actual: number | null, expected: number) =>
  assert.ok(actual !== null && Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

describe('what an objective allows', () => {
  it('is the decimal that is meant', () => {
    assert.deepEqual(
      [99.9, 99.99, 99.5, 95, 99.999].map(allowedRatio),
      [0.001, 0.0001, 0.005, 0.05, 0.00001],
    );
  });
});

describe('per cent of a ratio', () => {
  it('is cut, so that what was just missed never reads as kept', () => {
    const cut = [0.99896, 0.9989999999999999, 0.9998999, 1, -0.0001].map((ratio) => cutPercent(ratio, 2));
    assert.deepEqual(cut, [99.89, 99.9, 99.98, 100, -0.01]);
  });
});

describe('the error budget of a figure', () => {
  it('is none for an objective of 100 %, which one bad event misses', () => {
    const recent = { '1h': 0.1, '1d': 0 };
    const of = (bad: number) => {
      const counts = { bad, total: 10_000 };
      return budgetOfFigure({ ...promise, objectivePercent: 100 }, figure({ counts, recent }));
    };
    assert.deepEqual(
      [0, 1].map((bad) => [of(bad).raw.isMet, of(bad).raw.leftRatio]),
      [
        [true, null],
        [false, null],
      ],
    );
    assert.deepEqual(of(1).outlook, { burnNow: null, exhaustedInSeconds: null, leftAtEndRatio: null });
  });

  it('is what the whole period allows, less what was bad', () => {
    const { raw, adjusted, isLowTraffic } = budgetOfFigure(promise, figure());
    near(raw.attainmentRatio, 0.997);
    near(raw.leftRatio, 0.4);
    assert.deepEqual([raw.isMet, isLowTraffic], [true, false]);
    assert.deepEqual(adjusted, raw);
  });

  it('is met at exactly the objective, and missed beyond it', () => {
    const isMet = (bad: number, objectivePercent: number) =>
      budgetOfFigure({ ...promise, objectivePercent }, figure({ counts: { bad, total: 10_000 } })).raw.isMet;
    assert.deepEqual([isMet(50, 99.5), isMet(51, 99.5)], [true, false]);
    assert.deepEqual([isMet(1, 99.99), isMet(10, 99.9)], [true, true]);
  });

  it('of a running period is that of its whole length at the traffic so far', () => {
    const asOf = '2026-09-10T16:00:00Z';
    const { raw, outlook } = budgetOfFigure(promise, figure({ asOf, recent: { '1h': 0.02, '1d': 0.0025 } }));
    near(raw.leftRatio, 1 - 0.6 / 3);
    near(outlook.burnNow, 4);
    near(outlook.exhaustedInSeconds, (0.8 * 30 * day) / 4);
    near(outlook.leftAtEndRatio, 0.8 - (0.5 * 20) / 30);
  });

  it('tells no outlook that it does not know: no burn, an even one of 0, an ended period', () => {
    const outlook = (other: Partial<SloFigure>) => budgetOfFigure(promise, figure(other)).outlook;
    assert.deepEqual(outlook({}), { burnNow: null, exhaustedInSeconds: null, leftAtEndRatio: null });
    assert.deepEqual(outlook({ recent: { '1h': 0, '1d': 0 } }), {
      ...{ burnNow: 0, exhaustedInSeconds: null, leftAtEndRatio: null },
    });
    assert.equal(outlook({ counts: { bad: 70, total: 10_000 } }).exhaustedInSeconds, 0);
    assert.equal(outlook({ recent: { '1h': Number.MIN_VALUE } }).exhaustedInSeconds, null);
  });

  it('reads instants as instants, with and without milliseconds', () => {
    const { outlook } = budgetOfFigure(
      promise,
      figure({ asOf: '2026-09-30T16:00:00.000Z', recent: { '1d': 1 } }),
    );
    assert.equal(outlook.leftAtEndRatio, null);
  });

  it('is not known without a count or without events, and marked below the guard', () => {
    const unknown = { attainmentRatio: null, leftRatio: null, isMet: null };
    assert.deepEqual(budgetOfFigure(promise, figure({ counts: null, state: 'absent' })).raw, unknown);
    const none = figure({ counts: { bad: 0, total: 0 }, state: 'zeroBase' });
    assert.deepEqual(budgetOfFigure(promise, none).raw, unknown);
    assert.equal(budgetOfFigure(promise, none).isLowTraffic, true);
    const few = (total: number) =>
      budgetOfFigure(promise, figure({ counts: { bad: 0, total } })).isLowTraffic;
    assert.deepEqual([few(199), few(200)], [true, false]);
  });

  it('that is not counted whole may be missed, and is never met', () => {
    const isMet = (bad: number) =>
      budgetOfFigure(promise, figure({ state: 'estimated', counts: { bad, total: 10_000 } })).raw.isMet;
    assert.deepEqual([isMet(50), isMet(51)], [null, false]);
  });

  it('leaves excluded counts out of the adjusted side only', () => {
    const excluded = [
      { exclusion: 1, from: september.from, to: '2026-09-01T00:00:00Z', bad: 20, total: 1000 },
      { exclusion: 2, from: '2026-09-02T00:00:00Z', to: '2026-09-03T00:00:00Z', bad: 1, total: 500 },
    ];
    const { raw, adjusted } = budgetOfFigure(promise, figure({ excluded }));
    near(raw.attainmentRatio, 0.997);
    near(adjusted.attainmentRatio, 1 - 9 / 8500);
    assert.deepEqual(adjustedCounts(figure({ excluded })), { bad: 9, total: 8500 });
    const all = [{ exclusion: 1, from: september.from, to: september.to, bad: 30, total: 10_000 }];
    assert.equal(adjustedCounts(figure({ excluded: all })), null);
  });

  it('holds for any counts: finite, never above 1, and adjusted by nothing equals raw', () => {
    const counts = fc
      .tuple(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([total, share]) => ({ bad: total * share, total }));
    const objective = fc.integer({ min: 1, max: 99_999 }).map((each) => each / 1000);
    const burn = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(counts, objective, burn, (each, objectivePercent, recent) => {
        const asOf = '2026-09-20T16:00:00Z';
        const of = figure({ counts: each, asOf, recent: { '1h': recent, '1d': recent } });
        const { raw, adjusted, outlook } = budgetOfFigure({ objectivePercent, minimumEvents: 0 }, of);
        assert.deepEqual(adjusted, raw);
        assert.ok(raw.leftRatio === null || raw.leftRatio <= 1);
        const told = [...Object.values(raw), ...Object.values(outlook)];
        assert.ok(told.every((value) => typeof value !== 'number' || Number.isFinite(value)));
      }),
    );
  });
});
