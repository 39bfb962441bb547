import { parsePeriod, periodAt, shiftPeriod } from '../../collectors/contract.ts';
import { type Course, months as monthCount, timeZone } from './policy.ts';

/** A month of the sample, as milliseconds since 1970. */
export interface Month {
  readonly id: string;
  /** 0 for the first of the twelve; negative for those before it. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** 1 for January. */
  readonly calendarMonth: number;
}

/** The time that the sample covers; nothing is known of what comes after its end. */
export interface Calendar {
  readonly start: number;
  readonly end: number;
  /** The twelve months, oldest first. */
  readonly months: readonly Month[];
  /** Quarters of which all months are among the twelve, oldest first. */
  readonly quarters: readonly string[];
  /** A month by its index, also before the first. */
  readonly month: (index: number) => Month;
}

export function calendarFor(today: string): Calendar {
  const running = periodAt('month', `${today}T12:00:00+08:00`, timeZone);
  const month = (index: number): Month => {
    const id = shiftPeriod(running, index - monthCount);
    const { start, end } = parsePeriod(id, timeZone);
    return { id, index, start: Date.parse(start), end: Date.parse(end), calendarMonth: Number(id.slice(5)) };
  };
  const months = Array.from({ length: monthCount }, (_, index) => month(index));
  const [first, last] = [month(0), month(monthCount - 1)];
  const runningQuarter = periodAt('quarter', `${today}T12:00:00+08:00`, timeZone);
  const quarters = [-4, -3, -2, -1]
    .map((steps) => shiftPeriod(runningQuarter, steps))
    .filter((id) => Date.parse(parsePeriod(id, timeZone).start) >= first.start);
  return { start: first.start, end: last.end, months, quarters, month };
}

/** Where a course stands at an instant. */
export function at(course: Course, instant: number, { start, end }: Calendar): number {
  const share = Math.min(1, Math.max(0, (instant - start) / (end - start)));
  return course.from + (course.to - course.from) * share;
}

export const hour = 3_600_000;
export const day = 24 * hour;

/** ISO text of an instant that is known, null for one after the sample's end. */
export function known(instant: number | null, { end }: Calendar): string | null {
  if (instant === null || instant >= end) return null;
  return isoText(instant);
}

/** To the second, as a ticket system writes it. */
export function isoText(instant: number): string {
  return new Date(Math.floor(instant / 1000) * 1000).toISOString();
}
