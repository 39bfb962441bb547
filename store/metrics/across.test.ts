import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quantile, reduceAcross } from './across.ts';
import { boundOf, histogramQuantile } from './histogram.ts';

describe('results of series as one figure', () => {
  it('are reduced by name', () => {
    const values = [7, -2, 4, 4];
    assert.equal(reduceAcross(values, 'mean'), 3.25);
    assert.equal(reduceAcross(values, 'sum'), 13);
    assert.equal(reduceAcross(values, 'min'), -2);
    assert.equal(reduceAcross(values, 'max'), 7);
    assert.equal(reduceAcross(values, 'count'), 4);
    assert.equal(reduceAcross(values, 'p50'), 4);
    assert.equal(reduceAcross([2, 4, 6, 10, 20, 0, 8, 12, 14, 18, 16], 'p90'), 18);
  });

  it('are no number where there is no series, but a count of 0', () => {
    assert.ok(Number.isNaN(reduceAcross([], 'mean')));
    assert.ok(Number.isNaN(reduceAcross([], 'p95')));
    assert.equal(reduceAcross([], 'count'), 0);
  });

  it('have percentiles between least and greatest that grow with their share (property)', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, at) => {
        const found = quantile(all, at);
        assert.ok(found >= Math.min(...all) - 1e-6 && found <= Math.max(...all) + 1e-6);
        assert.ok(quantile(all, at / 2) <= found + 1e-6);
      }),
    );
  });
});

describe('quantile of a histogram', () => {
  const buckets = [
    { bound: 0.5, count: 10 },
    { bound: 1, count: 30 },
    { bound: boundOf('+Inf'), count: 40 },
  ];

  it('is linear within its bucket, the lowest from 0', () => {
    assert.equal(histogramQuantile(buckets, 0.5), 0.75);
    assert.equal(histogramQuantile(buckets, 0.125), 0.25);
  });

  it('is the highest bound for what lies above it', () => {
    assert.equal(histogramQuantile(buckets, 0.9), 1);
  });

  it('begins at the bound itself where the lowest is not positive', () => {
    assert.equal(histogramQuantile([{ bound: -1, count: 5 }, ...buckets], 0.05), -1);
  });

  it('joins bounds that are written differently, and lets no count fall', () => {
    const written = [
      { bound: boundOf('1'), count: 4 },
      { bound: boundOf('1.0'), count: 6 },
      { bound: 2, count: 9 },
      { bound: boundOf('+Inf'), count: 10 },
    ];
    assert.equal(histogramQuantile(written, 0.5), 0.5);
    assert.equal(
      histogramQuantile(
        [
          { bound: 0.5, count: 6 },
          ...buckets.slice(1, 2),
          { bound: 2, count: 20 },
          { bound: boundOf('+Inf'), count: 40 },
        ],
        0.5,
      ),
      0.5 + 0.5 * (14 / 24),
    );
  });

  it('is no number without observations or without the bucket of everything', () => {
    assert.ok(
      Number.isNaN(
        histogramQuantile(
          buckets.map(({ bound }) => ({ bound, count: 0 })),
          0.5,
        ),
      ),
    );
    assert.ok(Number.isNaN(histogramQuantile(buckets.slice(0, 2), 0.5)));
  });
});
