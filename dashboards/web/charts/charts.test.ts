import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { drawBars } from './bars.ts';
import { drawRadar } from './radar.ts';
import { drawMeter, drawSparkline } from './sparkline.ts';
import { drawTrend } from './trend.ts';

const trend = (values: readonly (number | null)[]) =>
  drawTrend({
    label: '得分',
    marks: values.map((_, at) => `${at + 1}月`),
    values,
    low: null,
    high: null,
    print: (value) => `${value}`,
    lines: [],
    width: 600,
    height: 200,
  });

/** Dots of a line: ECharts draws each symbol as its own path. */
const dotsOf = (svg: string) => svg.match(/<path d="M1 0A1 1 0 1 1 1 -0\.1/g)?.length ?? 0;

describe('the charts', () => {
  const drawings = [
    drawRadar({
      label: '雷达图',
      axes: ['运营效率', '<b>满意度</b>', '安全'],
      now: [83, 71.5, 92],
      before: null,
    }),
    drawBars({
      label: '按类型',
      bars: [{ name: '<script>', value: 0.83 }],
      whole: 0.8,
      wholeName: '合计',
      print: (value) => `${value * 100}%`,
    }),
    trend([83, null, 71]),
    drawSparkline([83, null, 71], '走势 "<x>"'),
    drawMeter(0.4),
  ];

  it('hold neither style nor script, which the content policy forbids', () => {
    for (const svg of drawings) assert.doesNotMatch(svg, /style=|<style|<script|class="zr|ecmeta/);
  });

  it('escape the names they are given', () => {
    assert.match(drawings[0] ?? '', /&lt;b&gt;/);
    assert.match(drawings[1] ?? '', /&lt;script&gt;/);
    assert.doesNotMatch(drawings.join(''), /<b>|<x>/);
  });

  it('say in words what they show, or are hidden from who cannot see them', () => {
    assert.match(drawings[0] ?? '', /role="img" aria-label="雷达图"/);
    assert.match(drawings[4] ?? '', /aria-hidden="true"/);
  });

  it('take their colours from the page, so that one drawing serves light and dark', () => {
    for (const svg of drawings.slice(0, 3)) {
      assert.match(svg, /var\(--cg-chart-accent\)/);
      assert.doesNotMatch(svg, /(?:fill|stroke)="(?:#|rgb)(?!000")/);
    }
  });

  it('leave a gap where a figure is absent', () => {
    assert.deepEqual([dotsOf(trend([83, 77, 71])), dotsOf(trend([83, null, 71]))], [3, 2]);
    assert.equal(drawSparkline([83, null, 71], '').match(/M/g)?.length, 2);
    assert.doesNotMatch(drawSparkline([83, null], ''), /<circle/);
    assert.doesNotMatch(drawMeter(null), /cg-meter-fill/);
  });

  it('draw a line of equal figures and one of none', () => {
    assert.equal(dotsOf(trend([0, 0, 0])), 3);
    assert.equal(dotsOf(trend([null, null])), 0);
    assert.doesNotMatch(trend([0, 0]) + trend([null]), /NaN|Infinity/);
  });
});
