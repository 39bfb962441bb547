import { init } from 'echarts';
import type { Chart } from '../document/blocks.ts';
import { optionOf, sizeOf } from './chart-option.ts';

export interface ChartImage {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Draws a chart as SVG text without script; the same chart gives the same text. */
export function chartSvg(chart: Chart, width: number): ChartImage {
  const size = sizeOf(chart, width);
  const echarts = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    echarts.setOption(optionOf(chart, size.width));
    return { svg: withoutCounters(echarts.renderToSVGString()), ...size };
  } finally {
    echarts.dispose();
  }
}

/** ECharts numbers its instances in class names and ids; a report must not depend on how many were made before. */
function withoutCounters(svg: string): string {
  const names = new Map<string, string>();
  return svg.replace(/ class="zr\d+-cls-\d+"/g, '').replace(/zr\d+-[a-z]+-?\d+/g, (name) => {
    const known = names.get(name) ?? `part-${names.size + 1}`;
    names.set(name, known);
    return known;
  });
}
