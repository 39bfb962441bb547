import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ratioBound, thresholdText } from './quality-threshold.ts';

const said: readonly (readonly [threshold: string, zh: string, en: string])[] = [
  ['ratio <= 0', '≤ 0 %', '≤ 0 %'],
  ['ratio <= 0.02', '≤ 2 %', '≤ 2 %'],
  ['ratio <= 0.07', '≤ 7 %', '≤ 7 %'],
  ['ratio <= 1e-7', '≤ 0.00001 %', '≤ 0.00001 %'],
  ['psi <= 0.2', 'PSI ≤ 0.2', 'PSI ≤ 0.2'],
  ['age <= 1d', '时龄不超过 1 天', 'age ≤ 1 day'],
  ['age <= 2d', '时龄不超过 2 天', 'age ≤ 2 days'],
  ['age <= 36h', '时龄不超过 36 小时', 'age ≤ 36 hours'],
  ['age <= 90m', '时龄不超过 90 分钟', 'age ≤ 90 minutes'],
  ['age <= 30s', '时龄不超过 30 秒', 'age ≤ 30 seconds'],
  ['age <= 500ms', '时龄不超过 500 毫秒', 'age ≤ 500 milliseconds'],
  ['rows >= 1000', '行数不少于 1,000', 'at least 1,000 rows'],
  ['rows <= 200000', '行数不多于 200,000', 'at most 200,000 rows'],
  ['rows >= 1000, rows <= 200000', '行数 1,000 至 200,000', '1,000 to 200,000 rows'],
  [
    'rows within 0.3 of the median of 10 runs',
    '行数与近 10 次中位数相差不超过 30 %',
    'rows within 30 % of the median of the last 10 runs',
  ],
  [
    'rows within 0.3 of the median of 1 runs',
    '行数与上次相差不超过 30 %',
    'rows within 30 % of the last run',
  ],
];

describe('the threshold of a check in words', () => {
  for (const [threshold, zh, en] of said)
    it(`says "${threshold}" in both languages`, () => {
      const text = thresholdText(threshold);
      assert.deepEqual(
        [text.zh, text.en],
        [zh, en].map((each) => each.replaceAll(' %', '\u00a0%')),
      );
    });

  it('shows a form that is not known as it is', () => {
    for (const threshold of ['', 'ratio < 0.1', 'age <= 2y', 'rows', 'entropy >= 3'])
      assert.deepEqual(thresholdText(threshold), { zh: threshold, en: threshold });
  });

  it('has a bound of the ratio where it is one', () => {
    assert.deepEqual(['ratio <= 0.05', 'ratio <= 1e-7', 'psi <= 0.2'].map(ratioBound), [0.05, 1e-7, null]);
  });
});
