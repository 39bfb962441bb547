import type { MetricReduction } from '../../contract.ts';
import type { MeasureFields } from '../schema.ts';

function bounds(above: number | null, below: number | null): string {
  if (above === null) return `<= ${below}`;
  return below === null ? `>= ${above}` : `${above}..${below}`;
}

function reductionText(reduction: MetricReduction): string {
  switch (reduction.kind) {
    case 'overTime':
      return `${reduction.reduce}, ${reduction.across} across series`;
    case 'share':
      return `share(${bounds(reduction.above, reduction.below)})`;
    case 'increase':
    case 'rate':
    case 'staleness':
      return `${reduction.kind}, ${reduction.across} across series`;
    case 'ratio':
      return `ratio by ${reduction.by}`;
    case 'distinct':
      return `distinct(${reduction.label})`;
    case 'histogramQuantile':
      return `histogramQuantile(${reduction.at})`;
    default:
      return reduction.kind;
  }
}

/** The measure in one line of code notation: it reads the same in every language. */
export function metricText(fields: MeasureFields, reduction: MetricReduction, every: string | null): string {
  const cadence = every === null ? '' : `[every ${every}]`;
  const factor = fields.factor === undefined || fields.factor === 1 ? '' : ` * ${fields.factor}`;
  const what =
    reduction.kind === 'promql'
      ? `promql${cadence}: ${fields.promql}`
      : `metric${cadence} ${reductionText(reduction)}: ${fields.metric}${reduction.kind === 'ratio' ? ` / ${fields.total}` : ''}`;
  return `${what}${factor}`.replace(/\s+/g, ' ').trim();
}
