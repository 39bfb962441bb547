import { drawSvg, faint, ink } from './svg.ts';

export interface ColumnsInput {
  readonly label: string;
  /** Marks of the axis, oldest first. */
  readonly marks: readonly string[];
  /** Parts from the bottom up; null = unknown at that mark: no column. */
  readonly parts: readonly {
    readonly name: string;
    readonly colour: string;
    readonly values: readonly (number | null)[];
  }[];
  readonly print: (value: number) => string;
}

/** Stacked columns with the total on top of each; once for wide columns and once for telephones. */
export function drawColumns(input: ColumnsInput): string {
  return drawOne(input, 1240, 'cg-wide') + drawOne(input, 400, 'cg-narrow');
}

/** The sum at a mark; null where any part is unknown. */
function totalAt({ parts }: ColumnsInput, at: number): number | null {
  const values = parts.map((part) => part.values[at] ?? null);
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
}

function drawOne(input: ColumnsInput, width: number, className: string): string {
  const { label, marks, parts, print } = input;
  const labels = {
    show: true,
    position: 'top',
    color: ink,
    fontSize: 12,
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const total = totalAt(input, dataIndex);
      return total === null ? '' : print(total);
    },
  };
  return drawSvg(
    {
      grid: { left: 48, right: 16, top: 28, bottom: 28 },
      xAxis: {
        type: 'category',
        data: marks,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: faint } },
        axisLabel: { color: ink, fontSize: 12, hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: ink, fontSize: 12, formatter: (value: number) => print(value) },
        splitLine: { lineStyle: { color: faint } },
      },
      series: parts.map((part, at) => ({
        type: 'bar',
        stack: 'all',
        barMaxWidth: 36,
        data: part.values.map((value) => value ?? '-'),
        itemStyle: { color: part.colour },
        ...(at === parts.length - 1 && { label: labels }),
      })),
    },
    { width, height: 260, label, className },
  );
}
