import { Temporal } from 'temporal-polyfill';

/** An evaluation period (评估周期): [start, end) as instants, cut in an IANA zone. */
export interface Period {
  /** `2026-W37`, `2026-09`, `2026-Q3` or `2026`. */
  readonly id: string;
  readonly kind: PeriodKind;
  /** ISO instants in UTC, `2015-01-01T05:00:00Z`. */
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

export type PeriodKind = 'week' | 'month' | 'quarter' | 'year';

const monthsOf: Readonly<Record<Exclude<PeriodKind, 'week'>, number>> = { month: 1, quarter: 3, year: 12 };

/** The local dates a period id stands for; throws a RangeError that names the id and the forms allowed. */
function datesOf(id: string): { kind: PeriodKind; first: Temporal.PlainDate; next: Temporal.PlainDate } {
  const week = /^(\d{4})-W(\d{2})$/.exec(id);
  if (week) {
    const year = Number(week[1]);
    // ISO 8601: week 1 is the week with 4 January.
    const january4 = Temporal.PlainDate.from({ year, month: 1, day: 4 });
    const first = january4.subtract({ days: january4.dayOfWeek - 1 }).add({ weeks: Number(week[2]) - 1 });
    if (first.yearOfWeek === year && first.weekOfYear === Number(week[2])) {
      return { kind: 'week', first, next: first.add({ weeks: 1 }) };
    }
  }
  const match = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(id);
  if (!match || week) {
    throw new RangeError(`period "${id}" does not parse: write 2026-W37, 2026-09, 2026-Q3 or 2026`);
  }
  const [, year, quarter, month] = match;
  const kind = quarter ? 'quarter' : month ? 'month' : 'year';
  const first = Temporal.PlainDate.from({
    year: Number(year),
    month: quarter ? Number(quarter) * 3 - 2 : Number(month ?? 1),
    day: 1,
  });
  return { kind, first, next: first.add({ months: monthsOf[kind] }) };
}

function startOfDay(date: Temporal.PlainDate, timeZone: string): string {
  return date.toZonedDateTime(timeZone).toInstant().toString();
}

/** Throws RangeError for an id that does not parse and for a zone that IANA does not know. */
export function parsePeriod(id: string, timeZone: string): Period {
  const { kind, first, next } = datesOf(id);
  return { id, kind, start: startOfDay(first, timeZone), end: startOfDay(next, timeZone), timeZone };
}

function idOf(kind: PeriodKind, date: Temporal.PlainDate): string {
  const two = (n: number) => String(n).padStart(2, '0');
  if (kind === 'week') return `${date.yearOfWeek}-W${two(date.weekOfYear ?? 0)}`;
  const year = String(date.year).padStart(4, '0');
  if (kind === 'year') return year;
  if (kind === 'quarter') return `${year}-Q${Math.ceil(date.month / 3)}`;
  return `${year}-${two(date.month)}`;
}

/** The period of the same kind `steps` before (negative) or after `id`. */
export function shiftPeriod(id: string, steps: number): string {
  const { kind, first } = datesOf(id);
  return idOf(
    kind,
    kind === 'week' ? first.add({ weeks: steps }) : first.add({ months: steps * monthsOf[kind] }),
  );
}

/** The id of the period of `kind` that holds `instant` in `timeZone`. */
export function periodAt(kind: PeriodKind, instant: string, timeZone: string): string {
  return idOf(kind, Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate());
}

/**
 * Reads `--as-of`: an ISO instant with offset, or a local date or date-time in `timeZone` (`2016-01-01` is its first
 * moment). Returns an ISO UTC instant; throws RangeError that names the text.
 */
export function parseCutoff(text: string, timeZone: string): string {
  try {
    if (/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && text.includes('T'))
      return Temporal.Instant.from(text).toString();
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant().toString();
  } catch (cause) {
    throw new RangeError(`as-of time "${text}" does not parse: write 2016-01-01 or 2016-01-01T00:00:00Z`, {
      cause,
    });
  }
}

/** The instant at which a local day, `2026-12-31`, ends in the zone; null for what is no day. */
export function endOfDay(day: string, timeZone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  try {
    return startOfDay(Temporal.PlainDate.from(day, { overflow: 'reject' }).add({ days: 1 }), timeZone);
  } catch {
    return null;
  }
}

/** The local date, `2026-11-20`, of an instant in a zone. */
export function dayAt(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** A local day as instants, [start, end): 23 or 25 hours where clocks change. RangeError for what is no day. */
export function parseDay(day: string, timeZone: string): { readonly start: string; readonly end: string } {
  const date = Temporal.PlainDate.from(day, { overflow: 'reject' });
  return { start: startOfDay(date, timeZone), end: startOfDay(date.add({ days: 1 }), timeZone) };
}

/** True for a zone that the runtime's time-zone database knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
