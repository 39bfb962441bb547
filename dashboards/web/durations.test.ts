import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { printAgo, printDuration } from './durations.ts';

const now = '2026-11-01T00:00:00Z';

describe('printing time', () => {
  it('gives a duration in the unit that suits it', () => {
    const cases: readonly [number, string, string][] = [
      [0.0042, '4.2 ms', '4.2 毫秒'],
      [0.184, '184 ms', '184 毫秒'],
      [0.99951, '1 s', '1 秒'],
      [10.02, '10 s', '10 秒'],
      [99.94, '99.9 s', '99.9 秒'],
      [99.96, '1.7 min', '1.7 分钟'],
      [3600, '1 h', '1 小时'],
      [86_400, '1 d', '1 天'],
    ];
    for (const [seconds, en, zh] of cases)
      assert.deepEqual([printDuration(seconds, 'en'), printDuration(seconds, 'zh')], [en, zh]);
  });

  it('says how long ago or in how long, in the biggest unit that fills', () => {
    assert.equal(printAgo('2026-10-31T23:57:30Z', now, 'en'), '2 minutes ago');
    assert.equal(printAgo('2026-10-31T23:57:30Z', now, 'zh'), '2分钟前');
    assert.equal(printAgo('2026-11-01T05:59:59Z', now, 'en'), 'in 5 hours');
    assert.equal(printAgo('2026-09-30T00:00:00Z', now, 'en'), '1 month ago');
    assert.equal(printAgo(now, now, 'zh'), '0秒钟后');
  });
});
