import { Temporal } from 'temporal-polyfill';

/** `-04:00`, `+0800`, `Z` at the end of a time. */
const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i;

/** ISO instant in UTC with milliseconds of an ISO 8601 time, a local one read in the zone; null for anything else, the zero of Go too. */
export function instantOf(text: string | null, timeZone: string): string | null {
  const given = text?.trim() ?? '';
  if (given.length > 40) return null;
  try {
    const milliseconds = zoned.test(given)
      ? Temporal.Instant.from(given).epochMilliseconds
      : Temporal.PlainDateTime.from(given).toZonedDateTime(timeZone).epochMilliseconds;
    return isoOf(milliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** ISO instant of seconds since 1970; null when they are no number or lie outside of the calendar's years. */
export function instantOfSeconds(seconds: number): string | null {
  return isoOf(Math.round(seconds * 1000));
}

/** From year 2, for programs in Go (Trivy, CycloneDX) write 0001-01-01 for no time at all, to year 9999, the last that ISO writes plainly. */
function isoOf(milliseconds: number): string | null {
  const first = Date.parse('0002-01-01T00:00:00.000Z');
  const last = 253_402_300_799_999;
  return milliseconds >= first && milliseconds <= last ? new Date(milliseconds).toISOString() : null;
}
