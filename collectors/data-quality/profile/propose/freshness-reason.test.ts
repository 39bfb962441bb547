import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newestReason } from './freshness-reason.ts';

describe('the reason of a proposed freshness', () => {
  it('names the mean gap in the unit that it fills', () => {
    assert.deepEqual(newestReason(11_520, 10), {
      zh: 'newest 为平均间隔（3.2 小时）的 10 倍，进位到整天',
      en: 'newest is 10 times the mean gap between rows (3.2 h), rounded up to whole days',
    });
    const gaps = [172_800, 95, 1, 0.25].map((seconds) => newestReason(seconds, 10).zh);
    assert.deepEqual(
      gaps.map((text) => /（(.*)）/.exec(text)?.[1]),
      ['2 天', '1.6 分钟', '1 秒', '250 毫秒'],
    );
  });

  it('says that there is no gap where all rows are of one time', () => {
    assert.deepEqual(newestReason(0, 10), {
      zh: 'newest 取下限 1 天',
      en: 'newest is the least there is, a day',
    });
  });
});
