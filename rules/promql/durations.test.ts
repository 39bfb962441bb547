import assert from 'node:assert/strict';
import { durationSeconds, durationText } from './durations.ts';

describe('durations of PromQL', () => {
  it('are written as Prometheus does: weeks and years only where nothing is left over', () => {
    const written = [
      [0, '0s'],
      [0.3, '300ms'],
      [1.5, '1s500ms'],
      [30, '30s'],
      [300, '5m'],
      [5400, '1h30m'],
      [129_600, '1d12h'],
      [604_800, '1w'],
      [2_419_200, '4w'],
      [2_592_000, '30d'],
      [31_536_000, '1y'],
      [31_622_400, '366d'],
    ] as const;
    for (const [seconds, text] of written) {
      assert.equal(durationText(seconds), text);
      assert.equal(durationSeconds(text), seconds);
    }
  });

  it('are read in any unit, and refused where they are none', () => {
    assert.equal(durationSeconds('36h'), 129_600);
    assert.equal(durationSeconds('90m'), 5400);
    assert.equal(durationSeconds('292y'), 9_208_512_000);
    for (const text of ['', '5', 'm', '5m1h', '-5m', '1.5h', '5 m', '1M', '293y']) {
      assert.equal(durationSeconds(text), null, text);
    }
  });
});
