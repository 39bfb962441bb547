import { accent, drawSvg, faint, ink, second } from './svg.ts';

export interface RadarInput {
  readonly label: string;
  readonly axes: readonly string[];
  /** 0..100, one per axis. */
  readonly now: readonly number[];
  readonly before: readonly number[] | null;
}

/** Breaks a name into lines that stand beside the radar without being cut. */
function broken(name: string, width: number): string {
  const isWide = /[\u3000-\u9fff]/.test(name);
  if (isWide) return name.replace(new RegExp(`(.{${width}})(?=.)`, 'gu'), '$1\n');
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if (last.length + word.length < width * 2.4) lines.push(`${last} ${word}`);
    else lines.push(last, word);
  }
  return lines.join('\n');
}

/** Scores as a radar, now over before. */
export function drawRadar({ label, axes, now, before }: RadarInput): string {
  return drawSvg(
    {
      radar: {
        indicator: axes.map((name) => ({ name: broken(name, 6), max: 100, min: 0 })),
        radius: '64%',
        center: ['50%', '53%'],
        splitNumber: 4,
        axisName: { color: ink, fontSize: 14, lineHeight: 18 },
        splitArea: { show: false },
        splitLine: { lineStyle: { color: faint } },
        axisLine: { lineStyle: { color: faint } },
      },
      series: [
        {
          type: 'radar',
          data: [
            ...(before
              ? [
                  {
                    value: [...before],
                    symbol: 'none',
                    lineStyle: { color: second, type: 'dashed', width: 1.5 },
                    itemStyle: { color: second },
                  },
                ]
              : []),
            {
              value: [...now],
              symbol: 'circle',
              symbolSize: 6,
              lineStyle: { color: accent, width: 2.5 },
              itemStyle: { color: accent },
              areaStyle: { color: accent, opacity: 0.16 },
            },
          ],
        },
      ],
    },
    { width: 440, height: 330, label },
  );
}
