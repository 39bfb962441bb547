import { accent, drawSvg, faint, ink, second } from './svg.ts';

export interface BarsInput {
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly value: number | null }[];
  /** The whole, drawn as a line across. */
  readonly whole: number | null;
  readonly wholeName: string;
  readonly print: (value: number) => string;
}

/** Horizontal bars, first on top, with the value at each end. */
export function drawBars({ label, bars, whole, wholeName, print }: BarsInput): string {
  const short = (name: string) => (name.length > 16 ? `${name.slice(0, 15)}…` : name);
  return drawSvg(
    {
      grid: { left: 140, right: 64, top: 24, bottom: 8 },
      xAxis: { type: 'value', show: false, min: 0 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((bar) => short(bar.name)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: faint } },
        axisLabel: { color: ink, fontSize: 12 },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 16,
          data: bars.map((bar) => bar.value ?? '-'),
          itemStyle: { color: accent, borderRadius: 3 },
          label: {
            show: true,
            position: 'right',
            color: ink,
            fontSize: 12,
            formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? print(value) : ''),
          },
          markLine: {
            symbol: 'none',
            data: whole === null ? [] : [{ xAxis: whole }],
            lineStyle: { color: second, type: 'dashed' },
            label: { color: ink, fontSize: 11, formatter: wholeName, position: 'start' },
          },
        },
      ],
    },
    { width: 520, height: 44 + bars.length * 26, label },
  );
}
