import type { Reading } from '../../../collectors/contract.ts';
import { type Calendar, hour, type Month } from '../calendar.ts';
import { randomStream } from '../random.ts';
import { continuousSeries } from './continuous.ts';
import { dailySeries } from './daily.ts';
import { registerSeries } from './registers.ts';
import { owners, type SampleSeries, type SeriesContext } from './series.ts';
import { serviceSeries } from './services.ts';

/** From the hour or day to its sample, so that none sits on a border of two periods. */
const offset = 7 * 60_000;

/** Every series of city and districts, each with a stream of its own. */
export function sampleSeries(calendar: Calendar, seed: number): readonly SampleSeries[] {
  const random = (name: string) => randomStream(seed, `telemetry ${name}`);
  return owners(calendar.months.length).flatMap((owner) => {
    const context: SeriesContext = { calendar, random, owner };
    return [
      ...continuousSeries(context),
      ...serviceSeries(context),
      ...dailySeries(context),
      ...registerSeries(context),
    ];
  });
}

function readingsIn(month: Month, series: readonly SampleSeries[]): Reading[] {
  const readings: Reading[] = [];
  const instants = new Map<number, string>();
  for (let at = month.start; at < month.end; at += hour) {
    instants.set(at, new Date(at + offset).toISOString());
  }
  for (const { metric, labels, everyHours, fromMonth, read } of series) {
    if (month.index < fromMonth) continue;
    for (let instant = month.start; instant < month.end; instant += everyHours * hour) {
      const value = read(instant);
      if (value !== null) readings.push({ metric, labels, at: instants.get(instant) ?? '', value });
    }
  }
  return readings;
}

/**
 * The sample's readings, a month at a time, oldest first: hourly where a probe or a scrape would run, daily where a
 * table or a run of checks would come.
 */
export function* sampleReadings(calendar: Calendar, seed: number): Generator<readonly Reading[]> {
  const series = sampleSeries(calendar, seed);
  for (const month of calendar.months) yield readingsIn(month, series);
}
