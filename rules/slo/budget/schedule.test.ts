import assert from 'node:assert/strict';
import type { SloPeriod } from '../../contract.ts';
import { dueSpans, newDaysPerRun } from './schedule.ts';

const month: SloPeriod = { kind: 'calendar', unit: 'month', timeZone: 'Asia/Shanghai' };
const year: SloPeriod = { ...month, unit: 'year' };
/** 2 November, 10:00 in Shanghai. */
const at = '2026-11-02T02:00:00.000Z';

function due(period: SloPeriod, known: readonly (readonly [string, boolean])[] = []) {
  const { periods, days } = dueSpans({ period }, { at, timeZone: 'Asia/Shanghai', known: new Map(known) });
  return { periods: periods.map(({ id }) => id), days: days.map(({ id }) => id) };
}

describe('what a run counts of an SLO', () => {
  it('is the running period and day, what ended within three days, and days that nobody counted', () => {
    const october = Array.from({ length: 31 }, (_, day) => `2026-10-${String(day + 1).padStart(2, '0')}`);
    const known = october.filter((day) => day !== '2026-10-09').map((day) => [day, true] as const);
    assert.deepEqual(due(month, known), {
      periods: ['2026-10', '2026-11'],
      days: ['2026-10-09', '2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02'],
    });
  });

  it('ends a period that was last counted while it ran, however long ago that was', () => {
    const known = new Map([['2026-10', false]]);
    const late = { at: '2026-11-20T00:00:00Z', timeZone: 'UTC', known };
    const ids = dueSpans({ period: month }, late).periods.map(({ id }) => id);
    assert.deepEqual(ids, ['2026-10', '2026-11']);
  });

  it('leaves an ended period alone once late data is no longer waited for', () => {
    const { periods } = dueSpans(
      { period: month },
      { at: '2026-11-03T16:00:00Z', timeZone: 'UTC', known: new Map() },
    );
    assert.deepEqual(
      periods.map(({ id }) => id),
      ['2026-11'],
    );
  });

  it('fills in days of a long period that were never counted to their end, newest first, some at a time', () => {
    const { days } = due(year);
    assert.deepEqual([days.length, days[0], days.at(-1)], [newDaysPerRun + 4, '2026-09-20', '2026-11-02']);
    const counted = days.map((day) => [day, day !== '2026-10-01'] as const);
    const next = due(year, counted).days;
    assert.deepEqual([next.length, next[0]], [newDaysPerRun + 4, '2026-08-12']);
    assert.ok(next.includes('2026-10-01') && !next.includes('2026-10-02'));
  });

  it('is the window that ends now and its days, of a rolling period', () => {
    const { periods, days } = due({ kind: 'rolling', days: 7 });
    assert.deepEqual(periods, ['7d@2026-11-02T02:00:00Z']);
    assert.deepEqual([days.length, days[0], days.at(-1)], [7, '2026-10-27', '2026-11-02']);
  });
});
