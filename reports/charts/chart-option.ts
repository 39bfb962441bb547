import type { EChartsOption } from 'echarts';
import type { Chart } from '../document/blocks.ts';

/** Colours that keep their order of darkness in grey. */
const palette = ['#14456b', '#c2571a'];
const ink = '#1c2733';
const muted = '#5b6774';
const grid = '#d5dce3';
const text = { fontFamily: 'Noto Sans SC', fontSize: 9, color: ink };

const barHeight = 17;
const panelsInRow = 4;
const panelHeight = 112;

export function sizeOf(chart: Chart, width: number): { width: number; height: number } {
  if (chart.kind === 'radar') return { width: Math.min(width, 440), height: 250 };
  if (chart.kind === 'trend')
    return { width, height: Math.ceil(chart.series.length / panelsInRow) * panelHeight };
  return { width, height: chart.items.length * barHeight + 16 };
}

export function optionOf(chart: Chart, width: number): EChartsOption {
  const option =
    chart.kind === 'radar' ? radar(chart) : chart.kind === 'trend' ? trend(chart, width) : bars(chart, width);
  return { animation: false, textStyle: text, color: palette, ...option };
}

function radar({ axes, series }: Extract<Chart, { kind: 'radar' }>): EChartsOption {
  const isComparing = series.length > 1;
  return {
    ...(isComparing ? { legend: { bottom: 0, itemWidth: 22, itemHeight: 8, textStyle: text } } : {}),
    radar: {
      indicator: axes.map((name) => ({ name: shorten(name, 26), max: 100, min: 0 })),
      radius: 86,
      center: ['50%', isComparing ? '47%' : '51%'],
      axisName: { ...text, fontSize: 9.5 },
      splitNumber: 4,
      splitArea: { show: false },
      splitLine: { lineStyle: { color: grid } },
      axisLine: { lineStyle: { color: grid } },
    },
    series: [
      {
        type: 'radar',
        silent: true,
        data: series.map(({ name, values }, index) => {
          const isNow = index === series.length - 1;
          const color = isNow ? palette[0] : palette[1];
          return {
            name,
            value: values.map((value) => value ?? '-') as number[],
            symbol: isNow ? 'circle' : 'emptyRect',
            symbolSize: 4,
            itemStyle: { color },
            lineStyle: {
              width: isNow ? 2 : 1.2,
              type: isNow ? ('solid' as const) : ('dashed' as const),
              color,
            },
            ...(isNow ? { areaStyle: { color, opacity: 0.14 } } : {}),
          };
        }),
      },
    ],
  } as EChartsOption;
}

/** One small panel per series, four in a row: readable in grey, whatever their number. */
function trend({ periods, series }: Extract<Chart, { kind: 'trend' }>, width: number): EChartsOption {
  const panel = width / panelsInRow;
  const at = (index: number) => ({
    left: (index % panelsInRow) * panel,
    top: Math.floor(index / panelsInRow) * panelHeight,
  });
  const ends = (index: number) => index === 0 || index === periods.length - 1;
  return {
    title: series.map(({ name }, index) => ({
      text: shorten(name, 22),
      left: at(index).left + 22,
      top: at(index).top + 2,
      padding: 0,
      textStyle: { ...text, fontWeight: 'bold' as const },
    })),
    grid: series.map((_, index) => ({
      left: at(index).left + 22,
      top: at(index).top + 20,
      width: panel - 36,
      height: panelHeight - 46,
    })),
    xAxis: series.map((_, index) => ({
      type: 'category' as const,
      gridIndex: index,
      data: [...periods],
      axisLabel: {
        ...text,
        fontSize: 7.5,
        color: muted,
        interval: (each: number) => ends(each),
        alignMinLabel: 'left' as const,
        alignMaxLabel: 'right' as const,
      },
      axisLine: { lineStyle: { color: muted } },
      axisTick: { show: false },
      boundaryGap: false,
    })),
    yAxis: series.map((_, index) => ({
      type: 'value' as const,
      gridIndex: index,
      min: 0,
      max: 100,
      interval: 50,
      axisLabel: { ...text, fontSize: 7.5, color: muted },
      splitLine: { lineStyle: { color: grid } },
    })),
    series: series.map(({ name, values }, index) => ({
      name,
      type: 'line',
      xAxisIndex: index,
      yAxisIndex: index,
      silent: true,
      connectNulls: false,
      symbol: 'circle',
      symbolSize: periods.length > 8 ? 3 : 4,
      showAllSymbol: true,
      itemStyle: { color: palette[0] },
      lineStyle: { width: 1.6, color: palette[0] },
      data: values.map((value) => value ?? '-'),
    })),
  } as EChartsOption;
}

function bars({ items, max }: Extract<Chart, { kind: 'bars' }>, width: number): EChartsOption {
  const rows = [...items].reverse();
  const label = Math.min(170, width * 0.36);
  return {
    grid: { left: label, right: 92, top: 6, bottom: 6 },
    xAxis: { type: 'value', min: 0, max: max > 0 ? max : 1, show: false },
    yAxis: {
      type: 'category',
      data: rows.map((item) => item.label),
      axisLabel: { ...text, width: label - 10, overflow: 'truncate', interval: 0 },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 9,
        showBackground: true,
        backgroundStyle: { color: '#eef2f6' },
        itemStyle: { color: palette[0] },
        data: rows.map((item) => item.value ?? '-'),
      },
      // Texts stand in one column at the right, also beside a row without a value.
      {
        type: 'bar',
        silent: true,
        barWidth: 9,
        barGap: '-100%',
        itemStyle: { color: 'transparent' },
        data: rows.map((item) => ({
          value: max > 0 ? max : 1,
          label: {
            show: true,
            position: 'right',
            formatter: item.text.replaceAll('{', '('),
            ...text,
            color: item.value === null ? muted : ink,
          },
        })),
      },
    ],
  } as EChartsOption;
}

/** Cuts a name to `length` columns, where an ideograph takes two. */
function shorten(name: string, length: number): string {
  let columns = 0;
  let kept = '';
  for (const character of name) {
    columns += character > '\u2e80' ? 2 : 1;
    if (columns > length) return `${kept.trimEnd()}…`;
    kept += character;
  }
  return kept;
}
