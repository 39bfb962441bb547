import assert from 'node:assert/strict';
import fc from 'fast-check';
import { remoteWritePolicy as policy } from './policy.ts';
import { backOffMilliseconds, retryAfterMilliseconds } from './retry.ts';

const now = Date.parse('2026-03-02T00:00:00Z');

describe('the wait before remote write tries again', () => {
  const wait = (attempt: number, chance: number, retryAfter: number | null = null) =>
    backOffMilliseconds(attempt, { chance, retryAfter, policy });

  it('doubles from half a second to a minute', () => {
    assert.deepEqual(
      [1, 2, 3, 7, 8, 9, 4000].map((attempt) => wait(attempt, 1)),
      [500, 1000, 2000, 32_000, 60_000, 60_000, 60_000],
    );
  });

  it('is between half and the whole of it by chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, chance) => {
          const whole = wait(attempt, 1);
          assert.ok(wait(attempt, chance) >= whole / 2 && wait(attempt, chance) <= whole);
        },
      ),
    );
  });

  it('is at least what the server asks for, within ten minutes', () => {
    assert.deepEqual([wait(1, 1, 7000), wait(9, 1, 7000), wait(1, 1, 86_400_000)], [7000, 60_000, 600_000]);
  });

  it('reads Retry-After as seconds or as a date', () => {
    const cases = ['7', 'Mon, 02 Mar 2026 00:01:30 GMT', 'Sun, 01 Mar 2026 00:00:00 GMT', 'soon', undefined];
    assert.deepEqual(
      cases.map((each) => retryAfterMilliseconds(each, now)),
      [7000, 90_000, 0, null, null],
    );
  });
});
