import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SloExclusion } from '../../contract.ts';
import { excludedStretches } from './exclusions.ts';

const base = Date.parse('2026-09-01T00:00:00Z');
const at = (hours: number) => new Date(base + hours * 3_600_000).toISOString();
const span = { from: at(0), to: at(24) };

function exclusion(id: number, from: number, to: number, other: Partial<SloExclusion> = {}): SloExclusion {
  return {
    ...{ id, slo: 'x', subject: 'hexi', kind: 'maintenance', from: at(from), to: at(to) },
    ...{ reason: 'r', by: 'b', evidence: 'e', recordedAt: at(99), withdrawnAt: null, withdrawnBy: null },
    ...other,
  };
}

const hoursOf = (exclusions: readonly SloExclusion[]) =>
  excludedStretches(exclusions, span).map(({ exclusion: id, from, to }) => [
    id,
    (Date.parse(from) - base) / 3_600_000,
    (Date.parse(to) - base) / 3_600_000,
  ]);

describe('the time that exclusions leave out of a span', () => {
  it('is cut to the span, in order of time, without withdrawn ones', () => {
    const withdrawn = exclusion(4, 5, 6, { withdrawnAt: at(100), withdrawnBy: 'b' });
    const all = [exclusion(2, 20, 30), exclusion(1, -3, 2), withdrawn, exclusion(3, 24, 26)];
    assert.deepEqual(hoursOf(all), [
      [1, 0, 2],
      [2, 20, 24],
    ]);
  });

  it('counts no stretch twice', () => {
    assert.deepEqual(hoursOf([exclusion(1, 2, 6), exclusion(2, 4, 8), exclusion(3, 5, 7)]), [
      [1, 2, 6],
      [2, 6, 8],
    ]);
  });

  it('is always the union, whatever overlaps', () => {
    const stretch = fc.tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 8 }), (all) => {
        const exclusions = all.map(([from, length], id) => exclusion(id, from, from + length));
        const covered = new Set(all.flatMap(([from, length]) => Array.from({ length }, (_, i) => from + i)));
        const expected = [...covered].filter((hour) => hour >= 0 && hour < 24).length;
        const hours = hoursOf(exclusions).reduce((sum, [, from = 0, to = 0]) => sum + to - from, 0);
        assert.equal(hours, expected);
      }),
    );
  });
});
