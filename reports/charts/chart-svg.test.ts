import { strict as assert } from 'node:assert';
import type { Chart } from '../document/blocks.ts';
import { chartSvg } from './chart-svg.ts';

const trend: Chart = {
  kind: 'trend',
  periods: ['2015-Q1', '2015-Q2', '2015-Q3'],
  series: [{ name: 'Closure', values: [61.5, null, 72.5] }],
};

describe('drawing charts', () => {
  it('gives the same text however many were drawn before', () => {
    const first = chartSvg(trend, 480).svg;
    chartSvg({ kind: 'bars', items: [{ label: 'a', value: 3, text: '3' }], max: 5 }, 480);
    assert.equal(chartSvg(trend, 480).svg, first);
  });

  it('leaves a gap for an absent figure instead of a zero', () => {
    const points = (chart: Chart) => chartSvg(chart, 480).svg.match(/transform="matrix/g)?.length ?? 0;
    const whole: Chart = { ...trend, series: [{ name: 'Closure', values: [61.5, 0, 72.5] }] };
    assert.equal(points(whole) - points(trend), 1);
  });

  it('escapes the names it prints', () => {
    const { svg } = chartSvg(
      { kind: 'bars', items: [{ label: '<b>&', value: 3, text: '{a|<i>}' }], max: 5 },
      480,
    );
    assert.doesNotMatch(svg, /<b>|<i>/);
    assert.match(svg, /&lt;b&gt;&amp;/);
  });
});
