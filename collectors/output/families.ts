import type { MetricSpec, MetricType, Reading } from '../contract.ts';

/** One metric of a page: what HELP and TYPE say, and its samples in the order in which they are written. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType | 'unknown';
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** The family's name, or with `_bucket`, `_sum`, `_count` for a histogram. */
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What is known of a metric by its base name: from the catalogue or from the source that sent it. */
export type Descriptions = ReadonlyMap<string, { readonly type: Family['type']; readonly help: string }>;

export function descriptionsOf(specs: readonly MetricSpec[]): Descriptions {
  return new Map(specs.map(({ name, type, help }) => [name, { type, help: `${help.en} (${help.zh})` }]));
}

const partOfHistogram = /^(.+)_(bucket|sum|count)$/;

/** Identity of a series: its name and its labels in the order of their names. */
export function seriesKey(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(labels).sort();
  return `${metric}\u0000${pairs.map((name) => `${name}\u0001${labels[name]}`).join('\u0000')}`;
}

/** The newest sample of every series: a page has no timestamps and shows the present alone. */
export function newestOfSeries(readings: readonly Reading[]): Reading[] {
  const newest = new Map<string, Reading>();
  for (const reading of readings) {
    const key = seriesKey(reading.metric, reading.labels);
    const before = newest.get(key);
    if (!before || before.at <= reading.at) newest.set(key, reading);
  }
  return [...newest.values()];
}

function familyNameOf(metric: string, descriptions: Descriptions): string {
  if (descriptions.has(metric)) return metric;
  const base = partOfHistogram.exec(metric)?.[1];
  return base !== undefined && descriptions.get(base)?.type === 'histogram' ? base : metric;
}

const partOrder = ['bucket', 'sum', 'count'];

/** Series side by side; within one, buckets by rising bound, then sum and count: as both formats demand of histograms. */
function histogramOrder({ metric, labels }: Sample): readonly [string, number, number] {
  const { le, ...rest } = labels;
  const part = partOfHistogram.exec(metric)?.[2] ?? '';
  return [
    seriesKey('', rest),
    partOrder.indexOf(part),
    le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le ?? 0),
  ];
}

function compareHistogramSamples(a: Sample, b: Sample): number {
  const [[seriesA, partA, boundA], [seriesB, partB, boundB]] = [histogramOrder(a), histogramOrder(b)];
  if (seriesA !== seriesB) return seriesA < seriesB ? -1 : 1;
  return partA - partB || (boundA === boundB ? 0 : boundA - boundB);
}

/** Groups samples into families by name; a metric that nobody described is of unknown type. */
export function familiesOf(samples: readonly Sample[], descriptions: Descriptions): Family[] {
  const grouped = new Map<string, Sample[]>();
  for (const sample of samples) {
    const name = familyNameOf(sample.metric, descriptions);
    const group = grouped.get(name);
    if (group) group.push(sample);
    else grouped.set(name, [sample]);
  }
  return [...grouped]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, group]) => {
      const { type = 'unknown', help = '' } = descriptions.get(name) ?? {};
      return {
        name,
        type,
        help: help || 'Given by its source without a description.',
        samples: type === 'histogram' ? group.toSorted(compareHistogramSamples) : group,
      };
    });
}
