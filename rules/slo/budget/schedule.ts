import type { SloDefinition, SloFigure, SloSpan } from '../../contract.ts';
import { daysIn, isoOf, periodSpan, zoneOf } from './spans.ts';

/**
 * Ended days and periods are counted again for so long: agents that were cut off deliver what they buffered within a long
 * weekend; later corrections are recounted by hand.
 */
const restatedDays = 3;
/** Days of the past that one run counts for the first time: an SLO that is new on a long period is filled in over some runs. */
export const newDaysPerRun = 40;

const dayMilliseconds = 86_400_000;

/** Whether a span is kept with its last count: one that failed, or was counted while it ran, is not. */
export const isSettled = ({ state, asOf, span }: SloFigure) =>
  state !== 'failed' && Date.parse(asOf) >= Date.parse(span.to);

/** Whether an ended span was counted by another definition: late data restate it by themselves, an edited file does not. */
export function isOfOtherDefinition(kept: SloFigure, count: SloFigure): boolean {
  return isSettled(kept) && kept.specSha256 !== count.specSha256;
}

/** Whether a span that is kept is settled, by its id; absent = it was never counted. */
export type KnownSpans = ReadonlyMap<string, boolean>;

/** The period before the one that holds an instant; null for a rolling one, which has none. */
export function periodBefore({ period }: Pick<SloDefinition, 'period'>, at: string): SloSpan | null {
  if (period.kind === 'rolling') return null;
  return periodSpan(period, isoOf(Date.parse(periodSpan(period, at).from) - 1));
}

/**
 * What a run counts of an SLO: the span of its period, the period before where it ended lately or nobody counted its end, the
 * running day, days that ended lately, and days of these periods that are not settled, newest first.
 */
export function dueSpans(
  { period }: Pick<SloDefinition, 'period'>,
  { at, timeZone, known }: { readonly at: string; readonly timeZone: string; readonly known: KnownSpans },
): { readonly periods: readonly SloSpan[]; readonly days: readonly SloSpan[] } {
  const now = periodSpan(period, at);
  const restatedFrom = Date.parse(at) - restatedDays * dayMilliseconds;
  const before = periodBefore({ period }, at);
  const isRestated = ({ to }: SloSpan) => Date.parse(to) > restatedFrom && Date.parse(to) <= Date.parse(at);
  const periods = before && (isRestated(before) || known.get(before.id) === false) ? [before, now] : [now];
  const first = Date.parse((periods[0] ?? now).from);
  const from = isoOf(Math.min(first, restatedFrom - dayMilliseconds));
  const begun = daysIn({ from, to: at }, zoneOf({ period }, timeZone));
  const isRunning = ({ to }: SloSpan) => Date.parse(to) > Date.parse(at);
  const isNew = ({ id, from: begins }: SloSpan) => Date.parse(begins) >= first && known.get(id) !== true;
  const recent = begun.filter((day) => isRunning(day) || isRestated(day));
  const added = begun.filter((day) => !recent.includes(day) && isNew(day)).slice(-newDaysPerRun);
  return { periods, days: [...added, ...recent] };
}
