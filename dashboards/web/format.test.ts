import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { createFormatter } from './format.ts';

const zh = createFormatter('zh');
const en = createFormatter('en');

describe('the formatter', () => {
  it('prints an absent figure as a dash, never as 0', () => {
    assert.deepEqual(
      [zh.number(null), zh.share(null), zh.value(null, 'hour'), zh.change(null), zh.range(null, 71.2)],
      ['—', '—', '—', '—', '—'],
    );
  });

  it('cuts what was attained, so that a promise just missed never reads as kept', () => {
    const cases: readonly [number | null, number, string][] = [
      [0.99896, 2, '99.89%'],
      [0.9989999999999999, 2, '99.90%'],
      [0.999996, 3, '99.999%'],
      [1, 2, '100%'],
      [0, 2, '0.00%'],
      [null, 2, '—'],
    ];
    for (const [ratio, decimals, text] of cases) assert.equal(zh.attained(ratio, decimals), text);
  });

  it('prints a share that is below zero with its sign, however small', () => {
    assert.deepEqual(
      [-1.0286, -0.043, -0.0002].map((share) => zh.share(share)),
      ['−102.9%', '−4.3%', '−0.1%'],
    );
  });

  it('prints a share to one decimal and keeps 0% and 100% for what is exactly that', () => {
    assert.deepEqual(
      [0.8344, 0.9999, 1, 0.0001, 0].map((share) => zh.share(share)),
      ['83.4%', '99.9%', '100%', '0.1%', '0%'],
    );
  });

  it('prints figures with the unit of their language', () => {
    assert.equal(zh.value(85.66, 'hour'), '85.7 小时');
    assert.equal(en.value(85.66, 'hour'), '85.7 h');
    assert.equal(zh.value(12407, 'count'), '12,407');
    assert.equal(en.value(3.25, 'perDay'), '3.3 per day');
  });

  it('never rounds a score up to the border of a grade that it did not reach', () => {
    const borders = [90, 75, 60, 0];
    assert.deepEqual(
      [89.94, 89.96, 89.99999, 90, 74.97].map((score) => zh.score(score, borders)),
      ['89.9', '89.96', '89.999', '90.0', '74.97'],
    );
    assert.deepEqual([zh.score(89.6, borders, 0), zh.score(82.6, borders, 0)], ['89.6', '83']);
  });

  it('prints the numbers of a model as written there', () => {
    assert.deepEqual(
      [zh.setting(0.98, 'ratio'), zh.setting(0.125, 'ratio'), zh.setting(24, 'hour')],
      ['98%', '12.5%', '24 小时'],
    );
  });

  it('prints a range as one number when both ends print alike', () => {
    assert.equal(zh.range(70.31, 90.29), '70.3–90.3');
    assert.equal(zh.range(70.31, 70.33), '70.3');
  });

  it('signs changes with a true minus and a change that rounds to nothing with neither sign', () => {
    assert.deepEqual([zh.change(1.25), zh.change(-8.66), zh.change(-0.04)], ['+1.3', '−8.7', '±0.0']);
    assert.deepEqual(
      [zh.valueChange(0.0123, 'day'), zh.valueChange(0.00001, 'day')],
      ['+0.01 天', '±0.0 天'],
    );
    assert.equal(zh.valueChange(-0.0347, 'ratio'), '−3.5 个百分点');
    assert.equal(en.valueChange(0.0347, 'ratio'), '+3.5 pp');
    assert.equal(zh.valueMove(2.36, 2.54, 'week').replace(/\s/, ' '), '+0.1 周');
    assert.equal(en.valueMove(0.5204, 0.4996, 'ratio'), '−2.0 pp');
    assert.equal(en.valueMove(2.41, 2.43, 'hour').replace(/\s/, ' '), '+0.02 h');
    assert.equal(en.valueMove(null, 2.43, 'hour'), '—');
  });

  it('names periods as each language does', () => {
    assert.deepEqual(
      ['2026-09', '2026-Q3', '2026-W37', '2026'].map((id) => zh.period(id)),
      ['2026年9月', '2026年第三季度', '2026年第37周', '2026年'],
    );
    assert.deepEqual(
      ['2026-09', '2026-Q3', '2026-W37', '2026'].map((id) => en.period(id)),
      ['Sep 2026', 'Q3 2026', 'Week 37, 2026', '2026'],
    );
    assert.deepEqual(zh.periodMarks(['2025-12', '2026-01', '2026-02']), [
      { mark: '12月', year: '2025' },
      { mark: '1月', year: '2026' },
      { mark: '2月', year: null },
    ]);
    assert.deepEqual(en.periodMarks(['2025', '2026']), [
      { mark: '2025', year: null },
      { mark: '2026', year: null },
    ]);
  });

  it('prints the last day of a period, not the instant after it', () => {
    const [start, end] = ['2015-01-01T05:00:00Z', '2015-04-01T04:00:00Z'];
    assert.equal(zh.span(start, end, 'America/New_York'), '2015年1月1日至2015年3月31日');
    assert.equal(en.span(start, end, 'America/New_York'), '1 Jan 2015 – 31 Mar 2015');
  });

  it('prints an instant in the zone it is told', () => {
    assert.equal(zh.time('2016-01-01T05:00:00Z', 'America/New_York'), '2016年1月1日 00:00');
  });
});

describe('any number, printed', () => {
  it('stays below every border that it does not reach', () => {
    const borders = [90, 75, 60];
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.integer({ min: 0, max: 2 }),
        (score, digits) => {
          const printed = Number(zh.score(score, borders, digits));
          for (const border of borders) assert.equal(printed >= border, score >= border, `${score}`);
        },
      ),
    );
  });

  it('is 0% or 100% only if it is that', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        assert.equal(zh.share(share) === '100%', share === 1);
        assert.equal(zh.share(share) === '0%', share === 0);
      }),
    );
  });

  it('keeps the sign of its change or shows neither', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (change) => {
        const printed = zh.valueChange(change, 'day');
        assert.ok(printed.startsWith('±') || printed.startsWith(change < 0 ? '−' : '+'), printed);
      }),
    );
  });
});
