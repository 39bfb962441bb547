import { type CalendarUnit, isTimeZone, type SloPeriod } from '../../../contract.ts';
import { daysOfShorthand } from '../shorthand.ts';
import { refuse } from '../spec-document.ts';
import type { SloSpec } from './forms.ts';
import { type Place, within } from './object-table.ts';

/** Where a spec names no window: Sloth's. */
const defaultPeriod: SloPeriod = { kind: 'rolling', days: 30 };

const calendarUnits: Readonly<Record<string, CalendarUnit>> = {
  '1M': 'month',
  '3M': 'quarter',
  '1Q': 'quarter',
  '12M': 'year',
  '4Q': 'year',
  '1Y': 'year',
};

/** Months in which a period of the calendar begins, as written in `startTime`. */
const firstMonths: Readonly<Record<CalendarUnit, RegExp>> = {
  month: /^\d{4}-\d\d-01/,
  quarter: /^\d{4}-(?:01|04|07|10)-01/,
  year: /^\d{4}-01-01/,
};

const midnight = /[ T]00:00(?::00)?$/;

type TimeWindow = NonNullable<SloSpec['timeWindow']>[number];
type Calendar = NonNullable<TimeWindow['calendar']>;

function readCalendar(duration: string, { startTime, timeZone }: Calendar, at: Place): SloPeriod {
  const { document, path } = at;
  const unit = calendarUnits[duration];
  if (unit === undefined) {
    const message = `a calendar period of ${duration} is not kept: write 1M, 1Q or 1Y, or a rolling window`;
    refuse(document, [...path, 'duration'], message);
  }
  const begins = unit === undefined || firstMonths[unit].test(startTime);
  if (!begins || !midnight.test(startTime)) {
    const message = `"${startTime.slice(0, 40)}" is not the beginning of a ${unit ?? 'period'}: calendar periods begin at midnight of its first day, 2026-01-01 00:00:00`;
    refuse(document, [...path, 'calendar', 'startTime'], message);
  }
  if (!isTimeZone(timeZone)) {
    const message = `"${timeZone.slice(0, 40)}" is no IANA time zone: write for example Asia/Shanghai`;
    refuse(document, [...path, 'calendar', 'timeZone'], message);
  }
  return { kind: 'calendar', unit: unit ?? 'month', timeZone };
}

/** The window of a spec: rolling days, or a month, quarter or year of the calendar. */
export function readPeriod(spec: SloSpec, specPlace: Place): SloPeriod {
  const window = spec.timeWindow?.[0];
  if (!window) return defaultPeriod;
  const at = within(specPlace, 'timeWindow', 0);
  const { duration, isRolling = window.calendar === undefined, calendar } = window;
  if (isRolling && calendar)
    refuse(
      at.document,
      [...at.path, 'calendar'],
      'a rolling window has no calendar: remove one of them',
      'key',
    );
  if (!isRolling && !calendar)
    refuse(at.document, at.path, 'a window that does not roll needs its calendar: startTime and timeZone');
  if (!isRolling && calendar) return readCalendar(duration, calendar, at);
  return { kind: 'rolling', days: daysOfShorthand(duration) };
}
