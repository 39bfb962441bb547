import assert from 'node:assert/strict';
import { durationSeconds, durationText } from './duration.ts';

describe('durations of windows', () => {
  it('are written as Prometheus does: weeks and years only where nothing is left over', () => {
    const written = {
      30: '30s',
      300: '5m',
      5400: '1h30m',
      129600: '1d12h',
      604800: '1w',
      2419200: '4w',
      2592000: '30d',
      31536000: '1y',
      31622400: '366d',
    };
    for (const [seconds, text] of Object.entries(written)) {
      assert.equal(durationText(Number(seconds)), text);
      assert.equal(durationSeconds(text), Number(seconds));
    }
  });

  it('are read in any unit, and refused where they are none', () => {
    assert.equal(durationSeconds('36h'), 129_600);
    assert.equal(durationSeconds('90m'), 5400);
    for (const text of ['', '0m', '5', 'm', '5m1h', '-5m', '1.5h', '5 m', '1M']) {
      assert.equal(durationSeconds(text), null, text);
    }
  });
});
