import { Temporal } from 'temporal-polyfill';
import { InputError } from '../../contract.ts';

/** Changes of the offset before and after these instants are not looked at: the offset at either end is kept. */
const from = Temporal.Instant.from('1970-01-01T00:00:00Z');
const until = Temporal.Instant.from('2100-01-01T00:00:00Z');

/** From this local time on, another offset holds. */
export interface ZoneStep {
  /** Seconds since 1970 of the local time, as if it were UTC. */
  readonly local: number;
  readonly year: number;
  /** Seconds east of UTC. */
  readonly offset: number;
}

export interface ZoneSteps {
  readonly first: number;
  readonly steps: readonly ZoneStep[];
}

const known = new Map<string, ZoneSteps>();

/**
 * The offset of a zone as a function of local time: a repeated time is its first instant, a skipped one is moved forward
 * by the gap (both as `compatible` of Temporal). InputError for a name that is no IANA zone.
 */
export function zoneSteps(zone: string): ZoneSteps {
  const steps = known.get(zone) ?? computeSteps(zone);
  known.set(zone, steps);
  return steps;
}

function computeSteps(zone: string): ZoneSteps {
  let now = startIn(zone);
  const first = secondsOf(now);
  const steps: ZoneStep[] = [];
  for (;;) {
    const next = now.getTimeZoneTransition('next');
    if (!next || Temporal.Instant.compare(next.toInstant(), until) > 0) return { first, steps };
    const before = steps.at(-1)?.offset ?? first;
    const offset = secondsOf(next);
    const local = next.epochMilliseconds / 1000 + Math.max(before, offset);
    const { year } = Temporal.Instant.fromEpochMilliseconds(local * 1000).toZonedDateTimeISO('UTC');
    if (offset !== before) steps.push({ local, year, offset });
    now = next;
  }
}

const secondsOf = (time: Temporal.ZonedDateTime) => Math.round(time.offsetNanoseconds / 1e9);

function startIn(zone: string): Temporal.ZonedDateTime {
  try {
    return from.toZonedDateTimeISO(zone);
  } catch {
    throw new InputError(
      `time zone ${JSON.stringify(zone)} is not known: write an IANA name, for example Asia/Shanghai`,
      { zh: `时区 ${JSON.stringify(zone)} 无效：请写 IANA 名称，例如 Asia/Shanghai` },
    );
  }
}
