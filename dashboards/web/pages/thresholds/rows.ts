import {
  type Lamp,
  lampOrder,
  type Text,
  type Threshold,
  type ThresholdState,
} from '../../../../rules/contract.ts';
import { printAgo } from '../../durations.ts';
import type { PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';
import { lastingInWords, linkToThreshold, printReading, seriesName, viewOfLamp } from './parts.ts';

/** A threshold with one of its series; `state` is null while nothing was judged. */
export interface WatchedSeries {
  readonly threshold: Threshold;
  readonly state: ThresholdState | null;
  /** Every judged series of the threshold, this one too. */
  readonly siblings: readonly ThresholdState[];
}

export const lampOf = ({ state }: WatchedSeries): Lamp => state?.lamp ?? 'noData';

/** True when nobody has to look: the calm colour, and what is not watched now. */
export const isQuiet = (series: WatchedSeries): boolean =>
  lampOf(series) === series.threshold.calm || lampOf(series) === 'off';

/** Quiet lamps after those that are not, whatever their colour. */
export function needOf(series: WatchedSeries): number {
  return (isQuiet(series) ? lampOrder.length : 0) + lampOrder.indexOf(lampOf(series));
}

/** What thresholds say of these subjects, worst first; thresholds that were never judged stand there with that. */
export async function watchedSeries(
  { workbench }: Pick<PageContext, 'workbench'>,
  family: readonly string[],
): Promise<WatchedSeries[]> {
  const thresholds = new Map(workbench.thresholds().map((each) => [each.id, each]));
  const states = await workbench.lamps.current(family);
  const byThreshold = Map.groupBy(states, (state) => state.threshold);
  const judged = states.flatMap((state): WatchedSeries[] => {
    const threshold = thresholds.get(state.threshold);
    return threshold ? [{ threshold, state, siblings: byThreshold.get(threshold.id) ?? [] }] : [];
  });
  const silent = [...thresholds.values()].filter(
    ({ id, subject }) => !byThreshold.has(id) && (subject === null || family.includes(subject)),
  );
  // What is judged for other subjects alone has no series here; that is no fault.
  const elsewhere = new Set(
    silent.length === 0 ? [] : (await workbench.lamps.current(null)).map((state) => state.threshold),
  );
  const unjudged = silent
    .filter(({ id }) => !elsewhere.has(id))
    .map((threshold): WatchedSeries => ({ threshold, state: null, siblings: [] }));
  return [...judged, ...unjudged].toSorted(
    (a, b) => needOf(a) - needOf(b) || a.threshold.id.localeCompare(b.threshold.id),
  );
}

/** Role and plan of what the lamp shows; null where nothing is to be done. */
function dutyOf({ threshold, state }: WatchedSeries): { role: Text; plan: Text | null } | null {
  if (!state) return null;
  if (state.lamp === 'noData') return threshold.noData && { role: threshold.noData.role, plan: null };
  const grade = threshold.grades.find(({ colour }) => colour === state.lamp);
  return grade ? { role: grade.role, plan: grade.plan } : null;
}

function pendingInWords(context: PageContext, { threshold, state }: WatchedSeries): string | null {
  if (!state?.pending) return null;
  const { colour, since } = state.pending;
  const grade = threshold.grades.find((each) => each.colour === colour);
  return context.t('threshold.pending', {
    colour: viewOfLamp(context, colour).lampName,
    ago: printAgo(since, context.workbench.now(), context.language),
    lasting: grade ? lastingInWords(context, grade.forSeconds) : '',
  });
}

export function viewOfSeries(
  context: PageContext,
  series: WatchedSeries,
  { zone, nameOf }: { readonly zone: string; nameOf(subject: string): string },
) {
  const { format, language, say, t, workbench } = context;
  const { threshold, state } = series;
  const duty = dutyOf(series);
  const subject = state?.subject ?? threshold.subject;
  return {
    ...viewOfLamp(context, lampOf(series)),
    title: say(threshold.title),
    url: linkToThreshold(threshold.id, subject),
    subject: subject === null ? null : nameOf(subject),
    series: state ? seriesName(state, series.siblings) : '',
    value: printReading(context, threshold, state?.value ?? null),
    since: state ? format.time(state.since, zone) : '—',
    ago: state ? printAgo(state.since, workbench.now(), language) : null,
    pending: pendingInWords(context, series),
    role: duty ? say(duty.role) : '—',
    plan: duty?.plan ? say(duty.plan) : null,
    reason: state ? (state.reason ? sentence(say(state.reason)) : null) : t('threshold.unjudged'),
  };
}

/** How many series show each lamp; a lamp that none shows is left out. */
export function countLamps(
  context: PageContext,
  series: readonly WatchedSeries[],
  linkTo: (lamp: Lamp) => string,
) {
  return lampOrder
    .map((lamp) => ({ lamp, n: series.filter((each) => lampOf(each) === lamp).length }))
    .filter(({ n }) => n > 0)
    .map(({ lamp, n }) => ({ ...viewOfLamp(context, lamp), n: context.format.count(n), url: linkTo(lamp) }));
}
