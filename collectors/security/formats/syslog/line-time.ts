import { timeParser } from '../../../records/normalise/time-format.ts';
import type { ZoneClock } from '../../../records/normalise/zoned-time.ts';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const yearless = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})$/;

/** So far ahead a line without a year is one of a clock or zone that is wrong; further ahead it is last year's. */
const wrongClockMilliseconds = 24 * 3_600_000;
/** 29 February comes again after 8 years at the latest (1896, 1904). */
const yearsBack = 8;

/** What line times are read with. */
export interface TimeView {
  readonly clock: ZoneClock;
  /** Milliseconds since 1970: years are seen from here. */
  readonly now: number;
}

/** Milliseconds of a local date of a year; null when that year lacks it. */
function localOf(year: number, [month, day, hour, minute, second]: readonly number[]): number | null {
  const [m = 0, d = 0] = [month, day];
  const local = Date.UTC(year, m, d, hour, minute, second);
  const read = new Date(local);
  return read.getUTCMonth() === m && read.getUTCDate() === d ? local : null;
}

/** The latest year in which the date does not lie ahead; null for a date or time that does not exist. */
function yearlessTime(text: string, { clock, now }: TimeView): number | null {
  const match = yearless.exec(text);
  const month = monthNames.indexOf(match?.[1] ?? '');
  if (!match || month < 0) return null;
  const [day = 0, hour = 0, minute = 0, second = 0] = match.slice(2).map(Number);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const thisYear = new Date(now).getUTCFullYear();
  // Next year's too: it begins earlier east of Greenwich.
  for (let year = thisYear + 1; year >= thisYear - yearsBack; year -= 1) {
    const local = localOf(year, [month, day, hour, minute, second]);
    if (local === null) continue;
    const at = clock(local);
    if (at <= now + wrongClockMilliseconds) return at;
  }
  return null;
}

const isoTime = timeParser('iso');

/** Milliseconds since 1970 of a time as logs write it (`Nov 21 13:55:01`, ISO 8601); null when it is none. */
export function lineTime(text: string, view: TimeView): number | null {
  if (/^[A-Z]/.test(text)) return yearlessTime(text, view);
  const time = isoTime(text);
  if (!time) return null;
  return time.isLocal ? view.clock(time.milliseconds) : time.milliseconds;
}
