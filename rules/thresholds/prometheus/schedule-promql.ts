import { dayNumber, type ThresholdSchedule, zoneOffsets } from '../../contract.ts';

/** Changes of the offset are written out for so many years after the generation; after them the last offset holds. */
const yearsAhead = 10;
const daySeconds = 86_400;

/** Seconds east of UTC at `time()`: a number, or a sum over the zone's changes. */
function offsetText(timeZone: string, at: string): string {
  const until = new Date(Date.parse(at));
  until.setUTCFullYear(until.getUTCFullYear() + yearsAhead);
  const [first, ...changes] = zoneOffsets(timeZone, at, until.toISOString());
  let offset = first?.offset ?? 0;
  const steps = changes.map(({ from, offset: next }) => {
    const change = next - offset;
    offset = next;
    return ` ${change < 0 ? '-' : '+'} ${Math.abs(change)} * (time() >= bool ${from})`;
  });
  return `${first?.offset ?? 0}${steps.join('')}`;
}

/** 1 on the days listed, else 0; runs of days as one range. */
function listedText(dates: readonly string[], day: string): string | null {
  const numbers = dates.flatMap((date) => dayNumber(date) ?? []).toSorted((a, b) => a - b);
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  if (runs.length === 0) return null;
  const terms = runs.map(({ from, to }) =>
    from === to ? `(${day} == bool ${from})` : `(${day} >= bool ${from}) * (${day} <= bool ${to})`,
  );
  return terms.join(' + ');
}

/** 1 on the days of the schedule, else 0; null for all days. */
function dayText({ days, holidays, workedInstead }: ThresholdSchedule, day: string): string | null {
  if (days === 'all') return null;
  const weekday = `((${day} + 4) % 7)`;
  const week = `(${weekday} >= bool 1) * (${weekday} <= bool 5)`;
  const free = listedText(holidays, day);
  const worked = listedText(workedInstead, day);
  const working = `${week}${free === null ? '' : ` * (1 - (${free}))`}${worked === null ? '' : ` + ${worked}`}`;
  return `((${working}) ${days === 'working' ? '>' : '=='} bool 0)`;
}

/**
 * Local time as seconds since 1970: `time()` and the zone's offset, with its changes for ten years from `at` (ISO, the time
 * of generation).
 */
export function localTimePromql({ timeZone }: ThresholdSchedule, at: string): string {
  return `vector(time() + ${offsetText(timeZone, at)})`;
}

/** The day of a local time, counted from 1970. */
export const localDayPromql = (time: string) => `floor(${time} / ${daySeconds})`;

/** 1 within the schedule, else 0, of selectors of the recorded local time and day. */
export function schedulePromql(
  schedule: ThresholdSchedule,
  { time, day }: { readonly time: string; readonly day: string },
): string {
  const second = `(${time} - ${daySeconds} * ${day})`;
  const times = (...factors: readonly (string | null)[]) =>
    factors.filter((each) => each !== null).join(' * ');
  if (schedule.hours.length === 0) return dayText(schedule, day) ?? `${day} >= bool 0`;
  const terms = schedule.hours.flatMap(({ fromMinute, toMinute }) => {
    const begun = `(${second} >= bool ${fromMinute * 60})`;
    const notOver = `(${second} < bool ${toMinute * 60})`;
    if (fromMinute < toMinute) return [times(begun, notOver, dayText(schedule, day))];
    return [times(begun, dayText(schedule, day)), times(notOver, dayText(schedule, `(${day} - 1)`))];
  });
  return `(${terms.join('\n  + ')}) > bool 0`;
}
