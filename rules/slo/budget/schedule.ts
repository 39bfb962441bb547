import type { SloDefinition, SloFigure, SloSpan } from '../../contract.ts';
import { daysIn, isoOf, periodSpan, zoneOf } from './spans.ts';

/**
 * Ended days and periods are counted again for so long: agents that were cut off deliver what they buffered within a long
 * weekend; later corrections are recounted by hand.
 */
export const restatedDays = 3;
/** Days of the past that one run counts for the first time: an SLO that is new on a long period is filled in over some runs. */
export const newDaysPerRun = 40;

const dayMilliseconds = 86_400_000;

/** The ended days that are kept with a count already, by id. */
export type KnownDays = ReadonlyMap<string, SloFigure['state']>;

/**
 * What a run counts of an SLO: the span of its period, the period that ended lately, the running day, days that ended lately,
 * and days of the period that were never counted, newest first.
 */
export function dueSpans(
  { period }: Pick<SloDefinition, 'period'>,
  { at, timeZone, known }: { readonly at: string; readonly timeZone: string; readonly known: KnownDays },
): { readonly periods: readonly SloSpan[]; readonly days: readonly SloSpan[] } {
  const now = periodSpan(period, at);
  const restatedFrom = Date.parse(at) - restatedDays * dayMilliseconds;
  const before = periodSpan(period, isoOf(Date.parse(now.from) - 1));
  const isRestated = ({ to }: SloSpan) => Date.parse(to) > restatedFrom && Date.parse(to) <= Date.parse(at);
  const periods = period.kind === 'calendar' && isRestated(before) ? [before, now] : [now];
  const from = isoOf(Math.min(Date.parse(now.from), restatedFrom - dayMilliseconds));
  const begun = daysIn({ from, to: at }, zoneOf({ period }, timeZone));
  const isRunning = ({ to }: SloSpan) => Date.parse(to) > Date.parse(at);
  const isNew = ({ id, from: begins }: SloSpan) =>
    Date.parse(begins) >= Date.parse(now.from) && (known.get(id) ?? 'failed') === 'failed';
  const recent = begun.filter((day) => isRunning(day) || isRestated(day));
  const added = begun.filter((day) => !recent.includes(day) && isNew(day)).slice(-newDaysPerRun);
  return { periods, days: [...added, ...recent] };
}
