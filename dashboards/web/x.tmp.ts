import { BarChart, LineChart, RadarChart } from 'echarts/charts';
import { GridComponent, RadarComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([RadarChart, LineChart, BarChart, RadarComponent, GridComponent, SVGRenderer]);
const t0 = performance.now();
const c = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 });
c.setOption({
  animation: false,
  textStyle: { fontFamily: 'inherit' },
  radar: {
    indicator: [
      { name: '运营效率 <a>', max: 100 },
      { name: 'b', max: 100 },
      { name: 'c', max: 100 },
    ],
    axisName: { color: 'var(--cg-ink)' },
    splitArea: { show: false },
  },
  series: [
    {
      type: 'radar',
      data: [
        {
          value: [50, 60, 70],
          areaStyle: { color: 'var(--cg-1)', opacity: 0.2 },
          lineStyle: { color: 'var(--cg-1)' },
        },
      ],
    },
  ],
});
console.log(c.renderToSVGString({ useViewBox: true }));
console.log(performance.now() - t0);
c.dispose();
const t1 = performance.now();
const d = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 100 });
d.setOption({
  animation: false,
  grid: { left: 0, right: 0, top: 5, bottom: 5 },
  xAxis: { type: 'category', data: ['a', 'b', 'c'] },
  yAxis: { type: 'value', min: 0, max: 100 },
  series: [
    {
      type: 'line',
      data: [50, null, 70],
      lineStyle: { color: 'var(--cg-1)' },
      itemStyle: { color: 'var(--cg-1)' },
    },
  ],
});
console.log(d.renderToSVGString({ useViewBox: true }));
console.log(performance.now() - t1);
