import type { Evaluation } from '../../../../rules/contract.ts';
import { link, type PageContext } from '../../page.ts';
import { linkToThreshold, viewOfLamp } from './parts.ts';
import { countLamps, lampOf, needOf, type WatchedSeries, watchedSeries } from './rows.ts';

/** Counts per lamp of a subject with everything below it, for the scorecard; null where nothing is watched. */
export async function viewOfWarnings(context: PageContext, subject: string) {
  const series = await watchedSeries(context, await context.workbench.family(subject));
  if (series.length === 0) return null;
  return {
    url: link('/thresholds', { subject }),
    counts: countLamps(context, series, (lamp) => link('/thresholds', { subject, lamp })).map((each) => ({
      ...each,
      isCurrent: false,
    })),
  };
}

function viewOfWarning(context: PageContext, series: WatchedSeries) {
  return {
    ...viewOfLamp(context, lampOf(series)),
    title: context.say(series.threshold.title),
    url: linkToThreshold(series.threshold.id, series.state?.subject ?? null),
  };
}

export type Warning = ReturnType<typeof viewOfWarning>;

/** The worst lamp by indicator, of the thresholds that watch indicators of this evaluation's model and subject. */
export async function indicatorWarnings(
  context: PageContext,
  { model, subject }: Pick<Evaluation, 'model' | 'subject'>,
): Promise<ReadonlyMap<string, Warning>> {
  const found = new Map<string, WatchedSeries>();
  for (const series of await watchedSeries(context, [subject.id])) {
    const { target } = series.threshold;
    if (target.kind !== 'indicator' || target.model !== model.id) continue;
    if (series.state && series.state.subject !== subject.id) continue;
    const known = found.get(target.indicator);
    if (!known || needOf(series) < needOf(known)) found.set(target.indicator, series);
  }
  return new Map([...found].map(([indicator, series]) => [indicator, viewOfWarning(context, series)]));
}
