import assert from 'node:assert/strict';
import { scoreOnScale } from './scale.ts';

describe('scoreOnScale', () => {
  it('runs linearly from worst to best and no further, in either direction', () => {
    const up = { kind: 'linear', worst: 0.7, best: 0.95 } as const;
    assert.deepEqual(
      [0.5, 0.7, 0.95, 1].map((value) => scoreOnScale(up, value)),
      [0, 0, 100, 100],
    );
    const down = { kind: 'linear', worst: 240, best: 40 } as const;
    assert.deepEqual(
      [400, 240, 140, 40, 3].map((value) => scoreOnScale(down, value)),
      [0, 0, 50, 100, 100],
    );
  });

  it('is best inside a band and falls off on both sides', () => {
    const band = { kind: 'band', low: 0.25, bestLow: 0.5, bestHigh: 0.75, high: 1 } as const;
    assert.deepEqual(
      [0.2, 0.25, 0.375, 0.5, 0.6, 0.75, 0.875, 1].map((value) => scoreOnScale(band, value)),
      [0, 0, 50, 100, 100, 100, 50, 0],
    );
  });

  it('takes the last step that the value reaches', () => {
    const steps = [
      { from: 10, score: 30 },
      { from: 20, score: 80 },
    ];
    assert.deepEqual(
      [9.9, 10, 19.9, 20, 35].map((value) => scoreOnScale({ kind: 'steps', steps }, value)),
      [0, 30, 30, 80, 80],
    );
  });

  it('has no score of its own where the formula takes the value', () => {
    assert.equal(scoreOnScale({ kind: 'none' }, 3.2), null);
  });
});
