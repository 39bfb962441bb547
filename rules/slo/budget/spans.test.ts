import assert from 'node:assert/strict';
import type { SloPeriod, SloSpan } from '../../contract.ts';
import { daysIn, elapsedPart, namedSpan, periodSeconds, periodSpan } from './spans.ts';

const calendar = (unit: 'month' | 'quarter' | 'year', timeZone: string): SloPeriod => ({
  ...{ kind: 'calendar', unit, timeZone },
});
const hours = ({ from, to }: SloSpan) => (Date.parse(to) - Date.parse(from)) / 3_600_000;

describe('the span of an SLO', () => {
  it('of a rolling period ends with the instant', () => {
    assert.deepEqual(periodSpan({ kind: 'rolling', days: 28 }, '2026-11-21T00:00:00.000Z'), {
      ...{ kind: 'rolling', id: '28d@2026-11-21T00:00:00Z' },
      ...{ from: '2026-10-24T00:00:00Z', to: '2026-11-21T00:00:00Z' },
    });
  });

  it('of a calendar period is the one that holds the instant in its zone', () => {
    assert.deepEqual(periodSpan(calendar('month', 'Asia/Shanghai'), '2026-10-31T16:00:00Z'), {
      ...{ kind: 'month', id: '2026-11', from: '2026-10-31T16:00:00Z', to: '2026-11-30T16:00:00Z' },
    });
    assert.deepEqual(periodSpan(calendar('month', 'Asia/Shanghai'), '2026-10-31T15:59:59.999Z'), {
      ...{ kind: 'month', id: '2026-10', from: '2026-09-30T16:00:00Z', to: '2026-10-31T16:00:00Z' },
    });
    assert.deepEqual(periodSpan(calendar('quarter', 'America/New_York'), '2026-11-20T12:00:00Z'), {
      ...{ kind: 'quarter', id: '2026-Q4', from: '2026-10-01T04:00:00Z', to: '2027-01-01T05:00:00Z' },
    });
    assert.deepEqual(periodSpan(calendar('year', 'Europe/Berlin'), '2027-12-31T22:59:59Z'), {
      ...{ kind: 'year', id: '2027', from: '2026-12-31T23:00:00Z', to: '2027-12-31T23:00:00Z' },
    });
  });

  it('is named by the id of its period, and by that of no other kind', () => {
    const slo = { id: 'portal-availability', period: calendar('month', 'Asia/Shanghai') };
    assert.equal(namedSpan(slo, '2026-10').from, '2026-09-30T16:00:00Z');
    assert.throws(
      () => namedSpan(slo, '2026-Q4'),
      /"2026-Q4" is a quarter, and the period of portal-availability is a month/,
    );
    assert.throws(() => namedSpan(slo, '2026-13'), RangeError);
    const rolling = { id: 'x', period: { kind: 'rolling', days: 7 } } as const;
    assert.throws(() => namedSpan(rolling, '2026-10'), /rolling period of 7 days/);
  });

  it('has a length in seconds: a quarter with a change of the clocks is an hour off', () => {
    assert.equal(periodSeconds({ kind: 'rolling', days: 30 }, '2026-11-20T00:00:00Z'), 2_592_000);
    assert.equal(periodSeconds(calendar('quarter', 'Asia/Shanghai'), '2026-11-20T00:00:00Z'), 92 * 86_400);
    const newYork = calendar('quarter', 'America/New_York');
    assert.equal(periodSeconds(newYork, '2026-11-20T00:00:00Z'), 92 * 86_400 + 3600);
    assert.equal(periodSeconds(newYork, '2026-02-20T00:00:00Z'), 90 * 86_400 - 3600);
  });
});

describe('the local days of a span', () => {
  it('fill a month without gap or overlap, with 23 and 25 hours where clocks change', () => {
    for (const [month, changed, length] of [
      ['2026-03-15T12:00:00Z', '2026-03-29', 23],
      ['2026-10-15T12:00:00Z', '2026-10-25', 25],
    ] as const) {
      const span = periodSpan(calendar('month', 'Europe/Berlin'), month);
      const days = daysIn(span, 'Europe/Berlin');
      assert.equal(days.length, 31);
      assert.deepEqual([days[0]?.from, days.at(-1)?.to], [span.from, span.to]);
      assert.ok(days.slice(1).every(({ from }, index) => from === days[index]?.to));
      const odd = days.filter((day) => hours(day) !== 24);
      assert.deepEqual(
        odd.map((day) => [day.id, hours(day)]),
        [[changed, length]],
      );
    }
  });

  it('begin with the first midnight within a rolling window, and end with the day of the instant', () => {
    const span = periodSpan({ kind: 'rolling', days: 2 }, '2026-11-21T01:00:00Z');
    assert.equal(span.from, '2026-11-19T01:00:00Z');
    const days = daysIn(span, 'Asia/Shanghai');
    assert.deepEqual(
      days.map(({ id, from }) => [id, from]),
      [
        ['2026-11-20', '2026-11-19T16:00:00Z'],
        ['2026-11-21', '2026-11-20T16:00:00Z'],
      ],
    );
  });

  it('are left out where they have not begun', () => {
    const { from } = periodSpan(calendar('month', 'Asia/Shanghai'), '2026-11-02T16:00:00Z');
    const days = daysIn({ from, to: '2026-11-02T16:00:00Z' }, 'Asia/Shanghai');
    assert.deepEqual(
      days.map(({ id }) => id),
      ['2026-11-01', '2026-11-02'],
    );
  });
});

describe('the part of a span that has gone by', () => {
  it('ends with the instant, or with the span', () => {
    const span = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' };
    assert.deepEqual(elapsedPart(span, '2026-11-01T06:00:00Z'), { ...span, to: '2026-11-01T06:00:00Z' });
    assert.deepEqual(elapsedPart(span, '2026-12-01T06:00:00Z'), span);
    assert.equal(elapsedPart(span, span.from), null);
  });
});
