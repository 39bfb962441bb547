import type { MetricMeasure, OverTimeReducer, SampleCount } from '../../scoring/contract.ts';
import type { MetricFigure } from '../contract.ts';
import { quantileOf, reduceAcross } from './across.ts';
import { boundOf, histogramQuantile } from './histogram.ts';
import * as reasons from './reasons.ts';
import { intervalsIn, type Span } from './span.ts';

/** What the samples of one series in a span come down to; only what the measure asks for need be there. */
export interface SeriesSummary {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  /** Milliseconds. */
  readonly lastAt: number;
  /** Intervals that hold a sample. */
  readonly present: number;
  /** Growth of a counter, resets included; NaN when one sample alone tells none. */
  readonly growth: number;
  /** At the measure's percentile. */
  readonly quantile: number;
  /** Samples within the measure's band. */
  readonly inBand: number;
  /** Rolled-up samples that a border of the span cuts. */
  readonly isCut: boolean;
  /** `quantile` or `inBand` had to be estimated from rolled-up samples. */
  readonly isEstimated: boolean;
}

/** The series of the measure's selector and, for a ratio, of its total. */
export interface SummarySet {
  readonly of: readonly SeriesSummary[];
  readonly total: readonly SeriesSummary[];
}

interface Asked {
  readonly span: Span;
  readonly query: string;
}

export interface Result {
  readonly value: number;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** One figure from the summaries of its series. */
export function figureFrom(measure: MetricMeasure, series: SummarySet, { span, query }: Asked): MetricFigure {
  const base = baseOf(measure, series);
  if (base.length === 0) return { state: 'absent', query };
  const samples = samplesOf(measure, base, span);
  const result = resultOf(measure, series, span, samples);
  const needsRaw = ['share', 'overTime'].includes(measure.reduction.kind);
  const isEstimated = base.some((each) => each.isCut || (needsRaw && each.isEstimated));
  return completeFigure(measure, result, { samples, query, isEstimated });
}

/** The figure that a result is: its factor applied, a base of 0 and what is no number told apart. */
export function completeFigure(
  measure: MetricMeasure,
  result: Result | 'notFlag' | null,
  { samples, query, isEstimated = false }: { samples: SampleCount; query: string; isEstimated?: boolean },
): MetricFigure {
  if (result === null) return { state: 'absent', query };
  if (result === 'notFlag') return { state: 'failed', reason: reasons.notFlag(measure.text), query };
  if (result.denominator === 0) return { state: 'zeroBase', samples, query };
  const value = result.value * measure.factor;
  if (!Number.isFinite(value)) return { state: 'failed', reason: reasons.notFinite(measure.text), query };
  return { state: isEstimated ? 'estimated' : 'measured', ...result, value, samples, query };
}

export const plain = (value: number): Result => ({ value, numerator: null, denominator: null });

export function quotient(numerator: number, denominator: number): Result {
  return { value: numerator / denominator, numerator, denominator };
}

/** Share of the samples that are 1, times the share of the intervals that hold one. */
export function upTime(
  flags: { readonly sum: number; readonly count: number; readonly min: number; readonly max: number },
  samples: SampleCount,
): Result | 'notFlag' {
  if (flags.min < 0 || flags.max > 1) return 'notFlag';
  return quotient((flags.sum / flags.count) * samples.present, samples.expected);
}

/** From the growth of each bucket; a base of 0 when nothing was observed. */
export function histogramResult(
  growths: readonly { readonly labels: Readonly<Record<string, string>>; readonly growth: number }[],
  at: number,
): Result | null {
  const buckets = growths
    .filter(({ growth }) => Number.isFinite(growth))
    .map(({ labels, growth }) => ({ bound: boundOf(labels.le ?? ''), count: growth }));
  if (buckets.length === 0) return null;
  const all = buckets.filter(({ bound }) => bound === Number.POSITIVE_INFINITY);
  if (all.length > 0 && all.every(({ count }) => count === 0)) return quotient(0, 0);
  return plain(histogramQuantile(buckets, at));
}

/** The series that say how complete the figure is: for a part of one metric the whole, else both sides. */
function baseOf({ of, reduction }: MetricMeasure, series: SummarySet): readonly SeriesSummary[] {
  if (reduction.kind !== 'ratio') return series.of;
  return isPartOfTotal({ of, reduction }) ? series.total : [...series.of, ...series.total];
}

/** A ratio within one metric: that none of the series is in the numerator means 0, not absent. */
export function isPartOfTotal({ of, reduction }: Pick<MetricMeasure, 'of' | 'reduction'>): boolean {
  return reduction.kind === 'ratio' && of?.metric === reduction.total.metric;
}

function samplesOf({ everySeconds }: MetricMeasure, base: readonly SeriesSummary[], span: Span): SampleCount {
  const intervals = everySeconds === null ? 0 : intervalsIn(span, everySeconds);
  return {
    present: sumOf(base, (each) => Math.min(each.present, intervals)),
    expected: intervals * base.length,
    series: base.length,
  };
}

function resultOf(
  measure: MetricMeasure,
  { of, total }: SummarySet,
  span: Span,
  samples: SampleCount,
): Result | 'notFlag' | null {
  const { reduction } = measure;
  switch (reduction.kind) {
    case 'overTime':
      return plain(
        reduceAcross(
          of.map((each) => overTime(each, reduction.reduce)),
          reduction.across,
        ),
      );
    case 'share':
      return quotient(
        sumOf(of, (each) => each.inBand),
        sumOf(of, (each) => each.count),
      );
    case 'increase':
    case 'rate': {
      const seconds = reduction.kind === 'rate' ? (span.to - span.from) / 1000 : 1;
      const values = of.filter(isGrown).map(({ growth }) => growth / seconds);
      return values.length === 0 ? null : plain(reduceAcross(values, reduction.across));
    }
    case 'ratio': {
      if (total.length === 0 || (of.length === 0 && !isPartOfTotal(measure))) return null;
      const isCounter = reduction.by === 'increase';
      const read = (each: SeriesSummary) =>
        reduction.by === 'increase' ? each.growth : overTime(each, reduction.by);
      const sum = (side: readonly SeriesSummary[]) => sumOf(isCounter ? side.filter(isGrown) : side, read);
      return quotient(sum(of), sum(total));
    }
    case 'upTime': {
      const [sum, count] = [sumOf(of, (each) => each.sum), sumOf(of, (each) => each.count)];
      const min = reduceAcross(
        of.map((each) => each.min),
        'min',
      );
      const max = reduceAcross(
        of.map((each) => each.max),
        'max',
      );
      return upTime({ sum, count, min, max }, samples);
    }
    case 'staleness':
      return plain(
        reduceAcross(
          of.map(({ lastAt }) => (span.to - lastAt) / 1000),
          reduction.across,
        ),
      );
    case 'distinct': {
      const values = of.map(({ labels }) => labels[reduction.label] ?? '');
      return plain(new Set(values.filter((value) => value !== '')).size);
    }
    case 'histogramQuantile':
      return histogramResult(of, reduction.at);
    case 'promql':
      return null;
  }
}

/** One sample alone does not say how a counter grew. */
const isGrown = ({ growth }: SeriesSummary) => Number.isFinite(growth);

function overTime(series: SeriesSummary, reducer: OverTimeReducer): number {
  if (reducer === 'mean') return series.sum / series.count;
  return quantileOf(reducer) === null
    ? series[reducer as 'min' | 'max' | 'last' | 'sum' | 'count']
    : series.quantile;
}

function sumOf<T>(all: readonly T[], read: (each: T) => number): number {
  return all.reduce((sum, each) => sum + read(each), 0);
}
