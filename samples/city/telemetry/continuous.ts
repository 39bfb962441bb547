import { districtProbe, nodes, probes, spacing, stories } from './policy.ts';
import { at, day, dayOf, hour, type SampleSeries, type SeriesContext, within } from './series.ts';

interface Watched {
  readonly metric: string;
  readonly labels: SampleSeries['labels'];
  readonly failing: { readonly from: number; readonly to: number };
  /** Named by the stories. */
  readonly target: string;
}

function watch({ calendar, random, owner }: SeriesContext, watched: Watched): SampleSeries {
  const { metric, labels, failing, target } = watched;
  const stream = random(`${metric} ${target} ${owner.subject}`);
  const { outage, maintenance, gap } = stories;
  const isDown = [outage, maintenance].map(({ month, day: dayOfMonth, fromHour, hours, ...story }) => {
    const from = dayOf(calendar, month, dayOfMonth) + fromHour * hour;
    return (instant: number) => story.target === target && within(instant, from, hours * hour);
  });
  const gapAt = dayOf(calendar, gap.month, gap.day);
  return {
    metric,
    labels,
    everyHours: spacing.continuousHours,
    fromMonth: owner.fromMonth,
    read: (instant) => {
      const isUp = stream.next() >= at(failing, instant, calendar);
      if (target === gap.target && within(instant, gapAt, gap.days * day)) return null;
      if (isDown.some((isIn) => isIn(instant))) return 0;
      return isUp ? 1 : 0;
    },
  };
}

/** Probes and scrapes: 1 when the target answered, 0 when it did not. */
export function continuousSeries(context: SeriesContext): readonly SampleSeries[] {
  const { subject, district } = context.owner;
  const watched = district
    ? [
        {
          target: `https://${district.slug}.sample.example/`,
          kind: 'http',
          layer: null,
          failing: districtProbe.failing,
        },
      ]
    : probes;
  const probed = watched.map(({ target, kind, layer, failing }) =>
    watch(context, {
      metric: 'citygauge_probe_success',
      labels: { job: 'sample-probes', subject, target, kind, ...(layer === null ? {} : { layer }) },
      ...{ failing, target },
    }),
  );
  const count = district ? nodes.district : nodes.city;
  const scraped = Array.from({ length: count }, (_, i) => {
    const instance = `node-${i + 1}.${district?.slug ?? 'city'}.sample.example:9100`;
    const labels = { job: 'sample-nodes', subject, instance, layer: 'cloud' };
    return watch(context, { metric: 'up', labels, failing: nodes.failing, target: instance });
  });
  return [...probed, ...scraped];
}
