import { at, type Calendar, day, hour, type Month } from '../calendar.ts';
import { type DistrictPolicy, districts } from '../policy.ts';
import type { Random } from '../random.ts';
import { districtId, rootId } from '../subjects.ts';
import { districtMonths } from './policy.ts';

export type Labels = Readonly<Record<string, string>>;

/** One series of the sample: what it is called and what it reads at an instant. */
export interface SampleSeries {
  readonly metric: string;
  readonly labels: Labels;
  readonly everyHours: number;
  /** First month with samples, 0 for the first of the twelve. */
  readonly fromMonth: number;
  /** Null = no sample. Asked in order of time, once per instant. */
  readonly read: (instant: number) => number | null;
}

/** Whom the series of a group belong to. */
export interface Owner {
  readonly subject: string;
  /** Null for the city itself. */
  readonly district: DistrictPolicy | null;
  readonly fromMonth: number;
}

export interface SeriesContext {
  readonly calendar: Calendar;
  /** A stream of its own for each series, so that none shifts another. */
  readonly random: (name: string) => Random;
  readonly owner: Owner;
}

export function owners(monthCount: number): readonly Owner[] {
  const city: Owner = { subject: rootId, district: null, fromMonth: 0 };
  const fromMonth = monthCount - districtMonths;
  return [city, ...districts.map((district) => ({ subject: districtId(district), district, fromMonth }))];
}

/** The instant at which a day of a month begins. */
export function dayOf(calendar: Calendar, month: number, dayOfMonth: number): number {
  return calendar.month(month).start + (dayOfMonth - 1) * day;
}

/** 1 at the height of summer, 0 in winter. */
export function summer(instant: number): number {
  const days = (instant - Date.UTC(2000, 6, 20)) / day;
  return Math.max(0, Math.cos((2 * Math.PI * days) / 365.2425));
}

export function monthOf(calendar: Calendar, instant: number): Month {
  return calendar.months.findLast(({ start }) => start <= instant) ?? calendar.month(0);
}

export function within(instant: number, from: number, milliseconds: number): boolean {
  return instant >= from && instant < from + milliseconds;
}

/** A number to so many significant digits, as a table or an exporter would have it. */
export function rounded(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}

export { at, day, hour };
