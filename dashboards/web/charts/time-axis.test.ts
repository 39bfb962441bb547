import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { timeTicks } from './time-axis.ts';

const marksOf = (from: string, to: string, zone: string, wanted = 9) =>
  timeTicks(Date.parse(from), Date.parse(to), zone, wanted).map((tick) => tick.mark);

describe('the marks of a time axis', () => {
  it('are round hours of the subject within a day, with the date at midnight', () => {
    assert.deepEqual(marksOf('2026-10-01T00:00+08:00', '2026-10-02T00:00+08:00', 'Asia/Shanghai', 8), [
      '10-01',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
      '21:00',
      '10-02',
    ]);
  });

  it('are days within weeks, in the subject’s zone and not in UTC', () => {
    const ticks = timeTicks(
      Date.parse('2026-10-25T00:00+08:00'),
      Date.parse('2026-11-01T00:00+08:00'),
      'Asia/Shanghai',
      9,
    );
    assert.equal(new Date(ticks[0]?.at ?? 0).toISOString(), '2026-10-24T16:00:00.000Z');
    assert.deepEqual([ticks.length, ticks[0]?.mark, ticks.at(-1)?.mark], [8, '10-25', '11-01']);
  });

  it('stay at midnight when the clocks change', () => {
    const ticks = timeTicks(
      Date.parse('2026-03-27T00:00+01:00'),
      Date.parse('2026-03-31T00:00+02:00'),
      'Europe/Berlin',
      5,
    );
    assert.deepEqual(
      ticks.map(({ at, mark }) => [new Date(at).toISOString(), mark]),
      [
        ['2026-03-26T23:00:00.000Z', '03-27'],
        ['2026-03-27T23:00:00.000Z', '03-28'],
        ['2026-03-28T23:00:00.000Z', '03-29'],
        ['2026-03-29T22:00:00.000Z', '03-30'],
        ['2026-03-30T22:00:00.000Z', '03-31'],
      ],
    );
  });

  it('are first days of months over a year', () => {
    assert.deepEqual(marksOf('2025-11-01T00:00+08:00', '2026-11-01T00:00+08:00', 'Asia/Shanghai', 7), [
      '2025-11',
      '2026-01',
      '2026-03',
      '2026-05',
      '2026-07',
      '2026-09',
      '2026-11',
    ]);
  });

  it('are never more than a little over what fits', () => {
    for (const days of [0.01, 0.3, 1, 6, 31, 92, 366, 1100])
      for (const wanted of [4, 11]) {
        const from = Date.parse('2026-01-10T05:17:00Z');
        const n = timeTicks(from, from + days * 86_400_000, 'America/New_York', wanted).length;
        assert.ok(n >= 1 && n <= wanted + 2, `${n} marks over ${days} days for ${wanted}`);
      }
  });
});
