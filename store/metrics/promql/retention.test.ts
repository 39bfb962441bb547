import assert from 'node:assert/strict';
import { readRetention } from './retention.ts';

describe('the retention that a Prometheus states', () => {
  it('is read in seconds, whether size limits it too or not', () => {
    assert.equal(readRetention('15d'), 1_296_000);
    assert.equal(readRetention('1w2d or 10GiB'), 777_600);
    assert.equal(readRetention('1y'), 31_536_000);
  });

  it('is not known where only size limits it, or nothing does', () => {
    assert.deepEqual(['10GiB', '0s', '', 'forever'].map(readRetention), [null, null, null, null]);
  });
});
