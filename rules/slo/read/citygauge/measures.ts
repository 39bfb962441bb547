import {
  type MetricReduction,
  type MetricSelector,
  printSelector,
  type SloMeasure,
} from '../../../contract.ts';

/** The samples of a counter or histogram come as often as Prometheus scrapes by default, where the file does not say. */
export const scrapeSeconds = 60;

/** A count of few samples is a count all the same; below full coverage it is an estimate, as everywhere else. */
const coverage = { minimumCoverage: 0, fullCoverage: 0.95 } as const;

function sloMeasure(
  of: MetricSelector,
  reduction: MetricReduction,
  rest: { readonly counts: SloMeasure['counts']; readonly everySeconds: number; readonly text: string },
): SloMeasure {
  const { counts, everySeconds, text } = rest;
  return { measure: { kind: 'metric', of, reduction, factor: 1, everySeconds, ...coverage, text }, counts };
}

/** Growth of the part over growth of the whole. */
export function counterMeasure(
  part: MetricSelector,
  total: MetricSelector,
  { counts, everySeconds }: { readonly counts: SloMeasure['counts']; readonly everySeconds: number },
): SloMeasure {
  const text = `increase of ${printSelector(part)} / increase of ${printSelector(total)}`;
  const reduction = { kind: 'ratio', total, by: 'increase' } as const;
  return sloMeasure(part, reduction, { counts, everySeconds, text });
}

/** Share of samples within the bounds, which belong to the band; null = open. */
export function bandMeasure(
  of: MetricSelector,
  { above, below }: { readonly above: number | null; readonly below: number | null },
  everySeconds: number,
): SloMeasure {
  const bounds = [above === null ? '' : ` >= ${above}`, below === null ? '' : ` <= ${below}`].join('');
  const text = `share of samples of ${printSelector(of)}${bounds}`;
  return sloMeasure(of, { kind: 'share', above, below }, { counts: 'good', everySeconds, text });
}
