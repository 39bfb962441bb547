import { accent, drawSvg, faint, ink, second } from './svg.ts';

export interface BarsInput {
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly value: number | null }[];
  /** The whole, drawn as a line across. */
  readonly whole: number | null;
  readonly wholeName: string;
  readonly print: (value: number) => string;
}

/** Room for names, by the width of the drawing. */
const namesOf = {
  'cg-wide': { width: 560, left: 150, letters: 18 },
  'cg-narrow': { width: 340, left: 104, letters: 11 },
};

/** Horizontal bars, first on top, with the value at each end; once for wide columns and once for telephones. */
export function drawBars(input: BarsInput): string {
  return drawOne(input, 'cg-wide') + drawOne(input, 'cg-narrow');
}

function drawOne(
  { label, bars, whole, wholeName, print }: BarsInput,
  className: keyof typeof namesOf,
): string {
  const { width, left, letters } = namesOf[className];
  const short = (name: string) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name);
  return drawSvg(
    {
      grid: { left, right: 64, top: 24, bottom: 8 },
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
            textBorderColor: 'var(--tblr-bg-surface)',
            textBorderWidth: 3,
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
    { width, height: 44 + bars.length * 26, label, className },
  );
}
