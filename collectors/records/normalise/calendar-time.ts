/**
 * What a time text says: an instant (it names its offset or counts seconds), a local time as milliseconds since
 * 1970-01-01T00:00 on its own clock, or nothing that exists.
 */
export type ParsedTime = { readonly isLocal: boolean; readonly milliseconds: number } | null;
export type TimeParser = (text: string) => ParsedTime;

/** Positions in the scratch array of a parse. */
export const slots = {
  year: 0,
  month: 1,
  day: 2,
  hour: 3,
  minute: 4,
  second: 5,
  milli: 6,
  half: 7,
  offset: 8,
} as const;
/** An unset slot. */
export const none = -1_000_000;

const daysPerMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Milliseconds of a local date and time on its own clock; null when it does not exist in the calendar. */
function localMilliseconds(found: readonly number[]): number | null {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, milli = 0] = found;
  if (year < 1 || month < 1 || month > 12 || day < 1) return null;
  if (day > (month === 2 && isLeap(year) ? 29 : (daysPerMonth[month - 1] ?? 0))) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second, milli);
  return new Date(Date.UTC(2000, month - 1, day, hour, minute, second, milli)).setUTCFullYear(year);
}

/** The hour of a 12-hour clock; null outside 1..12. */
function hourOf24(hour: number, half: number): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + half * 12;
}

/** The time that filled slots say; null when it does not exist. */
export function timeOf(found: number[]): ParsedTime {
  const half = found[slots.half] ?? none;
  if (half !== none) {
    const hour = hourOf24(found[slots.hour] ?? 0, half);
    if (hour === null) return null;
    found[slots.hour] = hour;
  }
  const milliseconds = localMilliseconds(found);
  if (milliseconds === null) return null;
  const offset = found[slots.offset] ?? none;
  if (offset === none) return { isLocal: true, milliseconds };
  return { isLocal: false, milliseconds: milliseconds - offset * 60_000 };
}

/** Minutes east of UTC of `Z`, `+08:00`, `+0800` or `+08`. */
export function offsetMinutes(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (!match) return null;
  const [hours, minutes] = [Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59) return null;
  return (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes);
}
