import { faint, ink } from './svg.ts';

/** Distances between ticks, seconds: whole minutes, hours, days, weeks. */
const distances = [
  60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 259_200, 604_800, 1_209_600,
];
const day = 86_400_000;

export interface TimeTick {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly mark: string;
}

/** Local clock of a zone, as milliseconds as if it were UTC. */
function localOf(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const part = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, part.day ?? 1, hour, minute, second);
  };
}

const two = (value: number) => String(value).padStart(2, '0');

/** First days of months among so many that a tick for each would crowd the axis. */
function monthTicks(
  from: number,
  to: number,
  local: (instant: number) => number,
  wanted: number,
): TimeTick[] {
  const [start, end] = [new Date(local(from)), new Date(local(to))];
  const months =
    (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth() + 1;
  const every = [1, 2, 3, 6, 12].find((each) => months / each <= wanted) ?? 12;
  return Array.from({ length: months + 1 }, (_, at) => at).flatMap((at) => {
    const first = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + at, 1));
    const instant = instantOf(first.getTime(), local);
    const isShown = first.getUTCMonth() % every === 0 && instant >= from && instant <= to;
    return isShown
      ? [{ at: instant, mark: `${first.getUTCFullYear()}-${two(first.getUTCMonth() + 1)}` }]
      : [];
  });
}

/** The instant at which the zone's clock shows `clock`. */
function instantOf(clock: number, local: (instant: number) => number): number {
  const guess = clock - (local(clock) - clock);
  return guess - (local(guess) - clock);
}

/** Round local times in [from, to], about `wanted` of them: `14:30` within a day, `10-03` within months, `2026-03` beyond. */
export function timeTicks(from: number, to: number, zone: string, wanted: number): TimeTick[] {
  const local = localOf(zone);
  const least = (to - from) / 1000 / wanted;
  const distance = distances.find((each) => each >= least);
  if (distance === undefined) return monthTicks(from, to, local, wanted);
  const step = distance * 1000;
  const ticks: TimeTick[] = [];
  // Weeks begin on Mondays; 1970-01-05 was one.
  const origin = step >= 7 * day ? 4 * day : 0;
  const first = Math.floor((local(from) - origin) / step) * step + origin;
  for (let clock = first; clock <= local(to); clock += step) {
    const at = instantOf(clock, local);
    if (at < from || at > to) continue;
    const date = new Date(clock);
    const ofDay = `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
    const isMidnight = clock % day === 0;
    ticks.push({ at, mark: isMidnight ? ofDay : `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` });
  }
  return ticks;
}

interface TimeAxis {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  /** Of the whole drawing, pixels. */
  readonly width: number;
}

/** The horizontal axis of a drawing over time, for ECharts: it lies at the bottom, also where values are below 0. */
export function timeAxis({ from, to, zone, width }: TimeAxis) {
  const ticks = timeTicks(from, to, zone, width > 600 ? 11 : 4);
  const names = new Map(ticks.map(({ at, mark }) => [at, mark]));
  return {
    type: 'value' as const,
    ...{ min: from, max: to },
    axisLine: { onZero: false, lineStyle: { color: faint } },
    axisTick: { show: true, customValues: [...names.keys()], lineStyle: { color: faint } },
    axisLabel: {
      color: ink,
      fontSize: 12,
      hideOverlap: true,
      customValues: [...names.keys()],
      formatter: (value: number) => names.get(value) ?? '',
    },
    splitLine: { show: false },
  };
}
