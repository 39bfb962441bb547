import { Temporal } from 'temporal-polyfill';

/** The month of an instant in a zone, `2026-10`. */
export function monthOf(milliseconds: number, timeZone: string): string {
  const day = Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone);
  return day.toPlainDate().toPlainYearMonth().toString();
}

/** Days since a month ended in a zone; 0 while it lasts. */
export function monthAge(month: string, now: number, timeZone: string): number {
  const end = Temporal.PlainYearMonth.from(month).add({ months: 1 }).toPlainDate({ day: 1 });
  const ended = end.toZonedDateTime(timeZone).epochMilliseconds;
  return Math.max(0, (now - ended) / 86_400_000);
}
