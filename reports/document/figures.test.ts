import { strict as assert } from 'node:assert';
import {
  formatAmount,
  formatChange,
  formatDeclared,
  formatInstant,
  formatNumber,
  formatPeriod,
  formatRatio,
  formatValue,
  formatValueMove,
  periodDays,
} from './figures.ts';

describe('printing figures', () => {
  it('prints ratios as percent, points and times with one decimal, counts whole', () => {
    assert.equal(formatRatio(0.9624), '96.2\u00a0%');
    assert.equal(formatValue(12.345, 'hour', 'zh'), '12.3\u00a0小时');
    assert.equal(formatValue(12.345, 'hour', 'en'), '12.3\u00a0h');
    assert.equal(formatValue(49213, 'count', 'en'), '49,213');
    assert.equal(formatAmount(1234567.25), '1,234,567.3');
    assert.equal(formatNumber(-1234.5, 1), '−1,234.5');
  });

  it('prints declared figures as they were declared', () => {
    assert.deepEqual(
      [
        formatDeclared(0.95, 'ratio', 'en'),
        formatDeclared(0.125, 'ratio', 'en'),
        formatDeclared(24, 'hour', 'zh'),
      ],
      ['95\u00a0%', '12.5\u00a0%', '24\u00a0小时'],
    );
    assert.equal(formatDeclared(1.5, 'day', 'en'), '1.5\u00a0d');
    assert.equal(formatDeclared(10, 'count', 'en'), '10');
  });

  it('prints a dash for what is absent or not finite, never a zero', () => {
    for (const text of [
      formatRatio(null),
      formatValue(null, 'count', 'zh'),
      formatChange(null),
      formatNumber(Number.NaN, 1),
    ]) {
      assert.equal(text, '—');
    }
    assert.equal(formatRatio(0), '0.0\u00a0%');
  });

  it('prints changes with their sign and no signed zero', () => {
    assert.deepEqual([3.25, -0.44, 0.04, -0.04, 0].map(formatChange), ['+3.3', '−0.4', '0.0', '0.0', '0.0']);
  });

  it('prints instants and the days of a period in the zone', () => {
    assert.equal(formatInstant('2016-01-01T05:00:00Z', 'America/New_York'), '2016-01-01 00:00');
    assert.equal(formatInstant('2015-12-31T16:30:00Z', 'Asia/Shanghai'), '2016-01-01 00:30');
    const quarter = {
      start: '2015-10-01T04:00:00Z',
      end: '2016-01-01T05:00:00Z',
      timeZone: 'America/New_York',
    };
    assert.deepEqual(periodDays(quarter), ['2015-10-01', '2015-12-31']);
  });

  it('names periods as people do', () => {
    assert.deepEqual(
      ['2015-Q4', '2015-W07', '2015-03', '2015'].map((id) => [
        formatPeriod(id, 'zh'),
        formatPeriod(id, 'en'),
      ]),
      [
        ['2015年第4季度', 'Q4 2015'],
        ['2015年第7周', 'week 7 of 2015'],
        ['2015年3月', 'March 2015'],
        ['2015年', '2015'],
      ],
    );
  });

  it('prints a change of value as the difference of the two printed values', () => {
    assert.equal(formatValueMove(2.36, 2.54, 'week', 'zh'), '+0.1\u00a0周');
    assert.equal(formatValueMove(0.5204, 0.4996, 'ratio', 'en'), '−2.0\u00a0pp');
    assert.equal(formatValueMove(null, 3.7, 'hour', 'en'), '—');
  });
});
