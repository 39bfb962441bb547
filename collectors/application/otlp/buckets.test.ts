import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExponentialPoint } from '../../wire/otlp-messages.ts';
import { exponentialBuckets } from './buckets.ts';

const bounds = [0.5, 1, 4, 20];
const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

function point(given: Partial<ExponentialPoint>): ExponentialPoint {
  return {
    ...{ attributes: [], startTimeUnixNano: 0, timeUnixNano: 0, flags: 0, count: 0, sum: null },
    ...{ scale: 0, zeroCount: 0, zeroThreshold: 0, positive: null, negative: null },
    ...given,
  };
}

describe('an exponential histogram under fixed boundaries', () => {
  it('counts each bucket under the first boundary that it does not reach beyond', () => {
    // Scale 0 from offset -2 on: up to 0.5, 1, 2, 4, 8, 16, 32.
    const positive = { offset: -2, bucketCounts: [1, 2, 3, 4, 5, 6, 7] };
    assert.deepEqual(exponentialBuckets(point({ positive }), bounds)?.counts, [1, 2, 7, 11, 7]);
  });

  it('counts zeros and negative values under the first boundary', () => {
    const negative = { offset: 3, bucketCounts: [4] };
    assert.deepEqual(exponentialBuckets(point({ zeroCount: 3, negative }), bounds)?.counts, [7, 0, 0, 0, 0]);
    assert.deepEqual(
      exponentialBuckets(point({ zeroCount: 3, zeroThreshold: 0.75 }), bounds)?.counts,
      [0, 3, 0, 0, 0],
    );
  });

  it('refuses a scale or a number of buckets that no SDK makes', () => {
    const buckets = (length: number) => ({ offset: 0, bucketCounts: new Array<number>(length).fill(1) });
    assert.equal(exponentialBuckets(point({ scale: 21 }), bounds), null);
    assert.equal(exponentialBuckets(point({ scale: -11 }), bounds), null);
    assert.equal(exponentialBuckets(point({ positive: buckets(4097) }), bounds), null);
    assert.notEqual(exponentialBuckets(point({ positive: buckets(4096) }), bounds), null);
  });

  it('loses no observation and never puts one below where it was', () => {
    const counts = fc.array(fc.nat({ max: 1000 }), { maxLength: 160 });
    fc.assert(
      fc.property(
        fc.integer({ min: -10, max: 20 }),
        fc.integer({ min: -200, max: 200 }),
        counts,
        (scale, offset, bucketCounts) => {
          const read = exponentialBuckets(point({ scale, positive: { offset, bucketCounts } }), bounds);
          assert.equal(total(read?.counts ?? []), total(bucketCounts));
          for (const [i, bound] of bounds.entries()) {
            const surelyBelow = bucketCounts.filter(
              (_, at) => 2 ** ((offset + at + 1) / 2 ** scale) <= bound,
            );
            assert.equal(total((read?.counts ?? []).slice(0, i + 1)), total(surelyBelow), `up to ${bound}`);
          }
        },
      ),
    );
  });
});
