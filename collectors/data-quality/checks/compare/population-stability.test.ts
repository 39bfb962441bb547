import assert from 'node:assert/strict';
import { populationStabilityIndex, sharesOf, totalVariation } from './population-stability.ts';

describe('population stability index', () => {
  it('is the sum of differences of shares times the logarithm of their ratio', () => {
    const index = populationStabilityIndex([0.5, 0.3, 0.2], [0.4, 0.4, 0.2]);
    assert.equal(index.toFixed(6), (0.1 * Math.log(0.5 / 0.4) + 0.1 * Math.log(0.4 / 0.3)).toFixed(6));
  });

  it('is 0 for equal distributions, also where a bin is empty in both', () => {
    assert.equal(populationStabilityIndex([0.75, 0.25, 0], [0.75, 0.25, 0]), 0);
  });

  it('takes a ten-thousandth for an empty bin, so that a value that is new has a finite index', () => {
    const index = populationStabilityIndex([1, 0], [0.9, 0.1]);
    const expected = -0.1 * Math.log(0.9) + (0.1 - 0.0001) * Math.log(0.1 / 0.0001);
    assert.equal(index.toFixed(9), expected.toFixed(9));
  });

  it('says as total variation how many rows would have to change bins', () => {
    assert.equal(totalVariation([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]), 0.25);
    assert.equal(totalVariation([1, 0], [0, 1]), 1);
  });

  it('makes shares of counts, and none of no rows', () => {
    assert.deepEqual(sharesOf([3, 1]), [0.75, 0.25]);
    assert.deepEqual(sharesOf([0, 0]), [0, 0]);
  });
});
