import { BarChart, LineChart, RadarChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, RadarComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escapeMark } from './marks.ts';

use([
  BarChart,
  GridComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  RadarChart,
  RadarComponent,
  SVGRenderer,
]);

/** Colours are CSS variables of the page, so that one drawing serves light, dark and print. */
export const ink = 'var(--cg-chart-ink)';
export const faint = 'var(--cg-chart-grid)';
export const accent = 'var(--cg-chart-accent)';
export const second = 'var(--cg-chart-second)';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What a screen reader says instead of the picture. */
  readonly label: string;
  readonly className?: string;
}

/** The page's policy forbids inline styles, so each becomes attributes. */
function attributesOf(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':'))
    .filter(([name]) => name?.startsWith('font-'))
    .map(([name, value]) => ` ${name}="${(value ?? '').trim()}"`)
    .join('');
}

/** Draws a chart as SVG that stands inside a page: no script, no inline style, scales with its column. */
export function drawSvg(option: EChartsCoreOption, drawing: Drawing): string {
  const { width, height } = drawing;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option });
    const svg = chart.renderToSVGString({ useViewBox: true });
    return svg
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, '')
      .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
      .replace(
        /<svg[^>]*>/,
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMark(drawing.label)}" class="cg-chart ${drawing.className ?? ''}">`,
      );
  } finally {
    chart.dispose();
  }
}
