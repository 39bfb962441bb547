import { Temporal } from 'temporal-polyfill';

/** From this instant on the offset holds. */
export interface ZoneOffset {
  /** Seconds since 1970; null for the offset that holds before the first change. */
  readonly from: number | null;
  /** Seconds east of UTC. */
  readonly offset: number;
}

/**
 * The offset of an IANA zone between two ISO instants: that of the first one, then every change until the second. Throws
 * RangeError for a zone that IANA does not know.
 */
export function zoneOffsets(timeZone: string, from: string, to: string): readonly ZoneOffset[] {
  let now = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone);
  const until = Temporal.Instant.from(to);
  const steps: ZoneOffset[] = [{ from: null, offset: offsetOf(now) }];
  for (;;) {
    const next = now.getTimeZoneTransition('next');
    if (!next || Temporal.Instant.compare(next.toInstant(), until) > 0) return steps;
    if (offsetOf(next) !== steps.at(-1)?.offset)
      steps.push({ from: next.epochMilliseconds / 1000, offset: offsetOf(next) });
    now = next;
  }
}

/** Seconds east of UTC at an ISO instant. Throws RangeError for a zone that IANA does not know. */
export function offsetAt(timeZone: string, instant: string): number {
  return offsetOf(Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone));
}

/** Days since 1970 of a date, `2026-10-01`; null for what is no date of the calendar. */
export function dayNumber(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const milliseconds = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 10) !== date) return null;
  return milliseconds / 86_400_000;
}

const offsetOf = (time: Temporal.ZonedDateTime) => Math.round(time.offsetNanoseconds / 1e9);
