import assert from 'node:assert/strict';
import { inBoundedTime, Overrun } from './bounded-time.ts';

describe('computing in bounded time', () => {
  it('gives what the work gives, and what it throws', () => {
    assert.equal(
      inBoundedTime(() => 6 * 7),
      42,
    );
    const error = new TypeError('wrong');
    assert.throws(
      () =>
        inBoundedTime(() => {
          throw error;
        }),
      error,
    );
  });

  it('ends a pattern and a loop that would never end, and works again afterwards', () => {
    const text = `${'a'.repeat(60)}!`;
    assert.throws(() => inBoundedTime(() => /^(a+)+$/.test(text), 20), Overrun);
    assert.throws(
      () =>
        inBoundedTime(() => {
          for (;;);
        }, 20),
      { name: 'Error', message: 'took longer than 20 ms' },
    );
    assert.equal(
      inBoundedTime(() => 'good'),
      'good',
    );
  });
});
