import { drawSvg, faint, ink, second } from './svg.ts';
import { timeAxis } from './time-axis.ts';

export interface SeriesInput {
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  /** Null = no sample: the line breaks there. */
  readonly lines: readonly { readonly points: readonly (readonly [at: number, value: number | null])[] }[];
  readonly print: (value: number) => string;
  /** Values that are good, shaded; an open end reaches the edge. */
  readonly band: { readonly from: number | null; readonly to: number | null; readonly name: string } | null;
  /** Values at which the points are lost. */
  readonly worst: { readonly value: number; readonly name: string } | null;
  /** Instants drawn across: the period's ends, the cut-off; without a name = the ends of other periods, faint. */
  readonly moments: readonly { readonly at: number; readonly name: string }[];
  /** Spans in which no line has a sample. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

/** Colours in turn, then again in dashes, then in dots: twenty lines stay apart without colour alone. */
const colours = 8;
const dashes = ['solid', 'dashed', 'dotted'] as const;
export const lineStyleOf = (at: number) => ({
  colour: at % colours,
  dash: dashes[Math.floor(at / colours) % dashes.length] ?? 'solid',
});

type Point = readonly [number, number | null];

/** A sample without neighbours would not show as a line, so it is a dot. */
function itemOf(points: readonly Point[], at: number) {
  const value = points[at] ?? [0, null];
  const isAlone =
    value[1] !== null && (points[at - 1]?.[1] ?? null) === null && (points[at + 1]?.[1] ?? null) === null;
  return { value: [value[0], value[1] ?? '-'], symbol: isAlone ? 'circle' : 'none', symbolSize: 4 };
}

function extentOf({ lines, band, worst }: SeriesInput) {
  const values = lines.flatMap((line) => line.points.flatMap(([, value]) => (value === null ? [] : [value])));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.length === 0) return { low: 0, high: 1 };
  // Targets are shown when they do not press the lines flat.
  const reach = Math.max(high - low, Math.abs(high) * 0.02, 1e-9) * 4;
  const marks = [band?.from, band?.to, worst?.value].filter((each) => each !== null && each !== undefined);
  const near = marks.filter((each) => each >= low - reach && each <= high + reach);
  return { low: Math.min(low, ...near), high: Math.max(high, ...near) };
}

function shades(input: SeriesInput, { low, high }: { low: number; high: number }) {
  const { band, gaps } = input;
  const overlaps = band && (band.from ?? low) <= high && (band.to ?? high) >= low;
  return [
    ...(overlaps
      ? [
          [
            {
              yAxis: band.from ?? 'min',
              name: band.name,
              itemStyle: { color: 'var(--cg-a)', opacity: 0.12 },
              label: {
                show: true,
                position: 'insideTopLeft',
                color: ink,
                fontSize: 11,
                textBorderColor: 'var(--tblr-bg-surface)',
                textBorderWidth: 3,
              },
            },
            { yAxis: band.to ?? 'max' },
          ],
        ]
      : []),
    ...gaps.map((gap) => [
      { xAxis: gap.from, itemStyle: { color: 'var(--cg-d)', opacity: 0.14 } },
      { xAxis: gap.to },
    ]),
  ];
}

/** Samples over time: lines that break where samples are missing, good values shaded, periods and cut-off marked. */
export function drawSeries(input: SeriesInput): string {
  const { from, to, zone, width, height, className, label } = input;
  const extent = extentOf(input);
  const room = Math.max((extent.high - extent.low) * 0.06, Math.abs(extent.high) * 1e-3, 1e-9);
  const floor = extent.low >= 0 ? Math.max(0, extent.low - room) : extent.low - room;
  return drawSvg(
    {
      grid: { left: 64, right: 20, top: 30, bottom: 34 },
      xAxis: timeAxis({ from, to, zone, width }),
      yAxis: {
        type: 'value',
        min: floor,
        max: extent.high + room,
        splitNumber: 5,
        axisLabel: {
          color: ink,
          fontSize: 12,
          showMinLabel: false,
          showMaxLabel: false,
          formatter: (value: number) => input.print(value),
        },
        splitLine: { lineStyle: { color: faint } },
      },
      series: input.lines.map((line, at) => {
        const { colour, dash } = lineStyleOf(at);
        return {
          type: 'line',
          data: line.points.map((_, index) => itemOf(line.points, index)),
          connectNulls: false,
          lineStyle: { color: `var(--cg-line-${colour})`, width: 1.75, type: dash },
          itemStyle: { color: `var(--cg-line-${colour})` },
          ...(at === 0 ? marksOf(input, extent) : {}),
        };
      }),
    },
    { width, height, label, className },
  );
}

function marksOf(input: SeriesInput, extent: { low: number; high: number }) {
  const { moments, worst } = input;
  const isNear = worst !== null && worst.value >= extent.low && worst.value <= extent.high;
  return {
    markArea: { silent: true, data: shades(input, extent) },
    markLine: {
      symbol: 'none',
      silent: true,
      data: [
        ...moments.map(({ at, name }) => ({
          xAxis: at,
          lineStyle: { color: name === '' ? faint : ink, type: name === '' ? 'solid' : 'dashed', width: 1 },
          label: { color: ink, fontSize: 11, formatter: name, position: 'end' },
        })),
        ...(isNear
          ? [
              {
                yAxis: worst.value,
                lineStyle: { color: second, type: 'dashed' },
                label: {
                  color: ink,
                  fontSize: 11,
                  formatter: worst.name,
                  position: 'insideEndTop',
                  textBorderColor: 'var(--tblr-bg-surface)',
                  textBorderWidth: 3,
                },
              },
            ]
          : []),
      ],
    },
  };
}
