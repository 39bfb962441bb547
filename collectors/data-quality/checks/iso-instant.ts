import { Temporal } from 'temporal-polyfill';

/** Seconds since 1970 of an ISO day or time, in the zone where it carries none; null for any other text. */
export function isoInstant(text: string, zone: string): number | null {
  try {
    const hasOffset = /(?:[zZ]|[+-]\d{2}(?::?\d{2})?)$/.test(text) && text.includes(':');
    const instant = hasOffset
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
    return instant.epochMilliseconds / 1000;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
