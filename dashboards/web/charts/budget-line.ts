import { accent, drawSvg, faint, ink, second } from './svg.ts';
import { timeAxis } from './time-axis.ts';

export interface BudgetLine {
  /** [milliseconds since 1970, what is left of the budget]; null = nobody knows, the line breaks. */
  readonly points: readonly (readonly [at: number, left: number | null])[];
  readonly kind: 'adjusted' | 'raw' | 'even';
}

export interface BudgetLineInput {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  readonly lines: readonly BudgetLine[];
  /** Stretches that the adjusted figure leaves out. */
  readonly excluded: readonly { readonly from: number; readonly to: number }[];
  /** Days without a sample. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  readonly now: { readonly at: number; readonly name: string } | null;
  readonly print: (left: number) => string;
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

/** Distances between lines of the grid. */
const steps = [0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250];

const styles = {
  adjusted: { color: accent, width: 2.5, type: 'solid' },
  raw: { color: second, width: 1.75, type: 'dashed' },
  even: { color: ink, width: 1.5, type: [2, 5] },
};

/** A day between two that nobody knows would not show as a line, so it is a dot. */
function itemOf(points: BudgetLine['points'], at: number) {
  const [instant, left] = points[at] ?? [0, null];
  const isKnown = (index: number) => (points[index]?.[1] ?? null) !== null;
  const isAlone = left !== null && !isKnown(at - 1) && !isKnown(at + 1);
  return { value: [instant, left ?? '-'], symbol: isAlone ? 'circle' : 'none', symbolSize: 5 };
}

function shadeOf(spans: BudgetLineInput['gaps'], color: string, opacity: number) {
  return spans.map(({ from, to }) => [
    { xAxis: from, itemStyle: { color, borderColor: color, opacity } },
    { xAxis: to },
  ]);
}

/** How the error budget of a period was used up: the running sum of its days beside the line of an even burn. */
export function drawBudgetLine(input: BudgetLineInput): string {
  const { from, to, zone, lines, width, height, className, label, now } = input;
  const known = lines.flatMap(({ points }) => points.flatMap(([, left]) => (left === null ? [] : [left])));
  const lowest = Math.min(0, ...known);
  const interval = steps.find((step) => (1 - lowest) / step <= 8) ?? (1 - lowest) / 8;
  return drawSvg(
    {
      grid: { left: 64, right: 24, top: 30, bottom: 34 },
      xAxis: timeAxis({ from, to, zone, width }),
      yAxis: {
        type: 'value',
        min: Math.floor(lowest / interval) * interval,
        max: 1,
        interval,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: ink, fontSize: 12, formatter: (value: number) => input.print(value) },
        splitLine: { lineStyle: { color: faint } },
      },
      series: lines.map(({ points, kind }, at) => ({
        type: 'line',
        data: points.map((_, index) => itemOf(points, index)),
        itemStyle: { color: styles[kind].color },
        connectNulls: false,
        lineStyle: styles[kind],
        ...(at === 0
          ? {
              markArea: {
                silent: true,
                data: [...shadeOf(input.excluded, second, 0.22), ...shadeOf(input.gaps, ink, 0.14)],
              },
              markLine: {
                symbol: 'none',
                silent: true,
                data: [
                  {
                    yAxis: 0,
                    lineStyle: { color: 'var(--cg-d)', type: 'solid', width: 1 },
                    label: { show: false },
                  },
                  ...(now
                    ? [
                        {
                          xAxis: now.at,
                          lineStyle: { color: ink, type: 'dashed', width: 1 },
                          label: { color: ink, fontSize: 11, formatter: now.name, position: 'end' },
                        },
                      ]
                    : []),
                ],
              },
            }
          : {}),
      })),
    },
    { width, height, label, className },
  );
}
