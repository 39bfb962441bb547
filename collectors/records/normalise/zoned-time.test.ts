import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { zoneClock } from './zoned-time.ts';

function instantOf(local: string, timeZone: string): string {
  return new Date(zoneClock(timeZone)(Date.parse(`${local}Z`))).toISOString();
}

describe('the clock of a time zone', () => {
  for (const [timeZone, local, instant, what] of [
    ['America/New_York', '2015-01-15T10:00:00', '2015-01-15T15:00:00.000Z', 'winter'],
    ['America/New_York', '2015-07-15T10:00:00', '2015-07-15T14:00:00.000Z', 'summer'],
    [
      'America/New_York',
      '2015-03-08T01:59:59',
      '2015-03-08T06:59:59.000Z',
      'the last second before the skip',
    ],
    [
      'America/New_York',
      '2015-03-08T02:00:00',
      '2015-03-08T07:00:00.000Z',
      'the first skipped time, moved forward',
    ],
    ['America/New_York', '2015-03-08T02:30:00', '2015-03-08T07:30:00.000Z', 'a skipped time, moved forward'],
    ['America/New_York', '2015-03-08T03:30:00', '2015-03-08T07:30:00.000Z', 'the time that it is moved to'],
    ['America/New_York', '2015-11-01T00:59:59', '2015-11-01T04:59:59.000Z', 'before the repeat'],
    [
      'America/New_York',
      '2015-11-01T01:30:00',
      '2015-11-01T05:30:00.000Z',
      'a repeated time, its first instant',
    ],
    ['America/New_York', '2015-11-01T02:00:00', '2015-11-01T07:00:00.000Z', 'after the repeat'],
    ['Australia/Lord_Howe', '2015-10-04T02:15:00', '2015-10-03T15:45:00.000Z', 'a half hour skipped'],
    ['Australia/Lord_Howe', '2015-10-04T02:30:00', '2015-10-03T15:30:00.000Z', 'after the half hour'],
    ['Australia/Lord_Howe', '2015-04-05T01:45:00', '2015-04-04T14:45:00.000Z', 'a half hour repeated'],
    [
      'Australia/Lord_Howe',
      '2015-04-05T02:00:00',
      '2015-04-04T15:30:00.000Z',
      'after the repeated half hour',
    ],
    ['Asia/Shanghai', '2026-03-04T05:06:07', '2026-03-03T21:06:07.000Z', 'a zone without changes today'],
    ['Asia/Shanghai', '1988-07-01T12:00:00', '1988-07-01T03:00:00.000Z', 'its summer time of the eighties'],
    ['America/Havana', '2015-03-08T00:30:00', '2015-03-08T05:30:00.000Z', 'a midnight that does not exist'],
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00.000Z', 'a day that does not exist'],
    ['Asia/Kathmandu', '2015-03-01T00:00:00', '2015-02-28T18:15:00.000Z', 'a quarter of an hour'],
    ['UTC', '2015-03-01T00:00:00', '2015-03-01T00:00:00.000Z', 'none'],
  ] as const) {
    it(`knows ${what}: ${timeZone} ${local}`, () => assert.equal(instantOf(local, timeZone), instant));
  }

  it('agrees with Temporal on every local time of every zone (property)', () => {
    const zones = [
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Shanghai',
      'Europe/Dublin',
      'America/Sao_Paulo',
      'Africa/Casablanca',
      'Pacific/Apia',
      'Asia/Tehran',
      'Antarctica/Troll',
      'America/St_Johns',
    ];
    const clocks = new Map(zones.map((zone) => [zone, zoneClock(zone)]));
    const from = Date.UTC(1971, 0, 1);
    const to = Date.UTC(2035, 0, 1);
    const anyTime = fc.integer({ min: from / 1000, max: to / 1000 }).map((second) => second * 1000);
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        anyTime,
        fc.integer({ min: -180, max: 180 }),
        (zone, some, minutes) => {
          const next = Temporal.Instant.fromEpochMilliseconds(some).toZonedDateTimeISO(zone);
          const change = next.getTimeZoneTransition('next')?.epochMilliseconds ?? some;
          // A random time and one within three hours of a change, where the fast way must not be taken.
          for (const local of [some, change + next.offsetNanoseconds / 1e6 + minutes * 60_000]) {
            const expected = Temporal.PlainDateTime.from(
              new Date(local).toISOString().slice(0, -1),
            ).toZonedDateTime(zone);
            assert.equal(clocks.get(zone)?.(local), expected.epochMilliseconds, `${zone} ${local}`);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
