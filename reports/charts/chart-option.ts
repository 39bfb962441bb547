import type { EChartsOption } from 'echarts';
import type { Chart } from '../document/blocks.ts';

/** Colours that keep their order of darkness in grey. */
const palette = ['#14456b', '#c2571a', '#5b8fb9', '#7a9e3a', '#8a5a9e', '#b8952a', '#3f7f77', '#9aa5b1'];
const lineTypes = ['solid', 'dashed', 'dotted'] as const;
const symbols = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'emptyCircle',
  'emptyRect',
  'emptyTriangle',
  'emptyDiamond',
];
const ink = '#1c2733';
const muted = '#5b6774';
const grid = '#d5dce3';
const text = { fontFamily: 'Noto Sans SC', fontSize: 9, color: ink };

const barHeight = 19;

export function sizeOf(chart: Chart, width: number): { width: number; height: number } {
  if (chart.kind === 'radar') return { width: Math.min(width, 440), height: 250 };
  if (chart.kind === 'trend') return { width, height: 250 };
  return { width, height: chart.items.length * barHeight + 16 };
}

export function optionOf(chart: Chart, width: number): EChartsOption {
  const option =
    chart.kind === 'radar' ? radar(chart) : chart.kind === 'trend' ? trend(chart) : bars(chart, width);
  return { animation: false, textStyle: text, color: palette, ...option };
}

function radar({ axes, series }: Extract<Chart, { kind: 'radar' }>): EChartsOption {
  const isComparing = series.length > 1;
  return {
    ...(isComparing ? { legend: { bottom: 0, itemWidth: 22, itemHeight: 8, textStyle: text } } : {}),
    radar: {
      indicator: axes.map((name) => ({ name: shorten(name, 14), max: 100, min: 0 })),
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

function trend({ periods, series }: Extract<Chart, { kind: 'trend' }>): EChartsOption {
  return {
    legend: { bottom: 0, itemWidth: 24, itemHeight: 7, itemGap: 12, textStyle: text, type: 'plain' },
    grid: { left: 30, right: 14, top: 14, bottom: series.length > 4 ? 58 : 44 },
    xAxis: {
      type: 'category',
      data: [...periods],
      axisLabel: { ...text, color: muted, hideOverlap: true },
      axisLine: { lineStyle: { color: muted } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 20,
      axisLabel: { ...text, color: muted },
      splitLine: { lineStyle: { color: grid } },
    },
    series: series.map(({ name, values }, index) => ({
      name: shorten(name, 16),
      type: 'line',
      silent: true,
      connectNulls: false,
      symbol: symbols[index % symbols.length],
      symbolSize: 5,
      lineStyle: { width: 1.6, type: lineTypes[Math.floor(index / 3) % 3] },
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

function shorten(name: string, length: number): string {
  const characters = [...name];
  return characters.length <= length ? name : `${characters.slice(0, length - 1).join('')}…`;
}
