import type { MetricChart } from '../../../../store/contract.ts';
import type { TimeSpan } from './time-span.ts';

export const shownLines = 20;

export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [at: number, value: number | null])[];
}

/** A sample that comes later than a step and a half after the one before leaves a break between them. */
export function linesOf(chart: MetricChart, factor: number): Line[] {
  const far = chart.stepSeconds * 1500;
  return chart.series.slice(0, shownLines).map(({ labels, points }) => ({
    labels,
    points: points.flatMap(({ at, value }, index): [number, number | null][] => {
      const now = Date.parse(at);
      const before = points[index - 1];
      const isFar = before !== undefined && now - Date.parse(before.at) > far;
      const sample: [number, number | null] = [now, value === null ? null : value * factor];
      return isFar ? [[now - 1, null], sample] : [sample];
    }),
  }));
}

/** Spans of at least two steps within the period, up to the cut-off, in which no line has a sample. */
export function gapsOf(lines: readonly Line[], stepSeconds: number, seen: TimeSpan): TimeSpan[] {
  const instants = lines
    .flatMap((line) => line.points.flatMap(([at, value]) => (value === null ? [] : [at])))
    .toSorted((a, b) => a - b);
  const step = stepSeconds * 1000;
  const ends = [seen.from - step, ...instants, seen.to];
  return ends.slice(1).flatMap((at, index) => {
    const before = ends[index] ?? at;
    return at - before > 2.5 * step ? [{ from: Math.max(seen.from, before + step), to: at }] : [];
  });
}

/** What all lines share is said once; what tells them apart names them. */
export function namesOf(lines: readonly Line[]): { readonly shared: string; readonly names: string[] } {
  const keys = [...new Set(lines.flatMap((line) => Object.keys(line.labels)))].toSorted();
  const isShared = (key: string) => lines.every((line) => line.labels[key] === lines[0]?.labels[key]);
  const say = (line: Line, chosen: readonly string[]) =>
    chosen
      .filter((key) => line.labels[key] !== undefined)
      .map((key) => `${key}="${line.labels[key]}"`)
      .join(', ');
  const own = keys.filter((key) => !isShared(key));
  const common = keys.filter(isShared);
  return {
    shared: lines[0] && lines.length > 1 ? say(lines[0], common) : '',
    names: lines.map((line) => say(line, lines.length > 1 ? own : common) || '—'),
  };
}
