import { Temporal } from 'temporal-polyfill';

/** Turns local times of one zone into instants (milliseconds since 1970 in UTC). */
export type ZoneClock = (localMilliseconds: number) => number;

const dayMilliseconds = 86_400_000;

/** A stretch of local time in which the zone's offset is constant and nothing is skipped or repeated. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

function stretchAround(local: number, timeZone: string): Stretch {
  // A nanosecond later, for `previous` looks strictly before and the local time may fall on a change.
  const at = new Temporal.Instant(BigInt(local) * 1_000_000n + 1n).toZonedDateTimeISO(timeZone);
  const previous = at.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  const next = at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const offset = at.offsetNanoseconds / 1e6;
  // A day's margin on both sides: no zone has ever moved its clock by more.
  return { from: previous + offset + dayMilliseconds, to: next + offset - dayMilliseconds, offset };
}

/** The instant of a local time: the first of a repeated one, a skipped one moved forward ("compatible"). */
function slowInstant(local: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(local)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/**
 * A clock of the zone. Between two changes of the zone's offset it adds a constant; only within a day of a change does
 * it ask Temporal.
 */
export function zoneClock(timeZone: string): ZoneClock {
  const stretches: Stretch[] = [];
  let last: Stretch = { from: 0, to: 0, offset: 0 };
  const slow = new Map<number, number>();
  return (local) => {
    if (local >= last.from && local < last.to) return local - last.offset;
    const known = stretches.find(({ from, to }) => local >= from && local < to);
    if (known) {
      last = known;
      return local - known.offset;
    }
    const remembered = slow.get(local);
    if (remembered !== undefined) return remembered;
    const stretch = stretchAround(local, timeZone);
    if (local >= stretch.from && local < stretch.to) {
      stretches.push(stretch);
      last = stretch;
      return local - stretch.offset;
    }
    const instant = slowInstant(local, timeZone);
    if (slow.size > 50_000) slow.clear();
    slow.set(local, instant);
    return instant;
  };
}
