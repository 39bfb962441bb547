import { accent, drawSvg, faint, ink, second } from './svg.ts';

export interface TrendInput {
  readonly label: string;
  /** Marks of the axis, oldest first. */
  readonly marks: readonly string[];
  readonly values: readonly (number | null)[];
  readonly low: number | null;
  readonly high: number | null;
  readonly print: (value: number) => string;
  /** Horizontal lines with their name: targets, reference points. */
  readonly lines: readonly { readonly value: number; readonly name: string; readonly isTarget: boolean }[];
  readonly width: number;
  readonly height: number;
  readonly className?: string;
}

/** 1, 2, 2.5 or 5 times a power of ten, not below `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 2.5, 5, 10].find((each) => each * power >= least * 0.999) ?? 10);
}

interface Extent {
  readonly min: number | null;
  readonly max: number | null;
  readonly interval?: number;
}

/** An axis of round steps that holds every value and every line. */
function extentOf(input: TrendInput): Extent {
  if (input.low !== null && input.high !== null)
    return { min: input.low, max: input.high, interval: (input.high - input.low) / 5 };
  const all = [...input.values.filter((value) => value !== null), ...input.lines.map((line) => line.value)];
  if (all.length === 0) return { min: null, max: null };
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const interval = roundStep((high - low || Math.abs(high) || 1) / 4);
  return { min: Math.floor(low / interval) * interval, max: Math.ceil(high / interval) * interval, interval };
}

/** A figure over periods; a period without a figure leaves a gap. */
export function drawTrend(input: TrendInput): string {
  const labelled = input.values.length <= 13 && input.width > 500;
  return drawSvg(
    {
      grid: { left: 56, right: input.lines.length > 0 ? 64 : 24, top: 28, bottom: 44 },
      xAxis: {
        type: 'category',
        data: input.marks,
        axisLine: { lineStyle: { color: faint } },
        axisTick: { show: false },
        axisLabel: { color: ink, fontSize: 12 },
      },
      yAxis: {
        type: 'value',
        ...extentOf(input),
        axisLabel: { color: ink, fontSize: 12, formatter: (value: number) => input.print(value) },
        splitLine: { lineStyle: { color: faint } },
      },
      series: [
        {
          type: 'line',
          data: input.values.map((value) => value ?? '-'),
          symbol: 'circle',
          symbolSize: 7,
          lineStyle: { color: accent, width: 2.5 },
          itemStyle: { color: accent },
          label: {
            show: labelled,
            color: ink,
            fontSize: 12,
            textBorderColor: 'var(--tblr-bg-surface)',
            textBorderWidth: 3,
            formatter: ({ value }: { value: unknown }) =>
              typeof value === 'number' ? input.print(value) : '',
          },
          markLine: {
            symbol: 'none',
            data: input.lines.map((line) => ({
              yAxis: line.value,
              name: line.name,
              lineStyle: { color: line.isTarget ? accent : second, type: line.isTarget ? 'solid' : 'dashed' },
              label: { color: ink, fontSize: 11, formatter: line.name, position: 'end' },
            })),
          },
        },
      ],
    },
    {
      width: input.width,
      height: input.height,
      label: input.label,
      ...(input.className === undefined ? {} : { className: input.className }),
    },
  );
}
