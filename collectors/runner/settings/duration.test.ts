import assert from 'node:assert/strict';
import fc from 'fast-check';
import { durationSeconds, durationText } from './duration.ts';

describe('a duration', () => {
  it('is a number with its unit, or several', () => {
    const texts = ['500ms', '30s', '1.5m', '5m', '1h30m', '1d'];
    assert.deepEqual(texts.map(durationSeconds), [0.5, 30, 90, 300, 5400, 86_400]);
  });

  it('is no other text, and no time at all', () => {
    for (const text of [
      '',
      '30',
      '30 s',
      '-5s',
      '0s',
      '5min',
      's',
      '1e3s',
      '0.1ms',
      '9'.repeat(30).concat('d'),
    ]) {
      assert.equal(durationSeconds(text), null, text);
    }
  });

  it('is printed so that it reads back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (milliseconds) => {
        assert.equal(durationSeconds(durationText(milliseconds / 1000)), milliseconds / 1000);
      }),
    );
    assert.deepEqual([durationText(90), durationText(7200), durationText(0.25)], ['90s', '2h', '250ms']);
  });
});
