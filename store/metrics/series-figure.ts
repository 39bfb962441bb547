import type { MetricMeasure, OverTimeReducer } from '../../scoring/contract.ts';
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
  /** Growth of a counter, resets included. */
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

interface Result {
  readonly value: number;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** One figure from the summaries of its series; the factor applied. */
export function figureFrom(measure: MetricMeasure, series: SummarySet, { span, query }: Asked): MetricFigure {
  const { reduction, factor } = measure;
  const base = baseOf(measure, series);
  if (base.length === 0) return { state: 'absent', query };
  const samples = samplesOf(measure, base, span);
  const result = resultOf(measure, series, span, samples);
  if (result === null) return { state: 'absent', query };
  if (typeof result === 'string') return { state: 'failed', reason: reasons.notFlag(measure.text), query };
  if (result.denominator === 0) return { state: 'zeroBase', samples, query };
  if (!Number.isFinite(result.value))
    return { state: 'failed', reason: reasons.notFinite(measure.text), query };
  const needsRaw = ['share', 'overTime'].includes(reduction.kind);
  const isEstimated = base.some((each) => each.isCut || (needsRaw && each.isEstimated));
  return {
    state: isEstimated ? 'estimated' : 'measured',
    ...result,
    value: result.value * factor,
    samples,
    query,
  };
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

function samplesOf({ everySeconds }: MetricMeasure, base: readonly SeriesSummary[], span: Span) {
  const intervals = everySeconds === null ? 0 : intervalsIn(span, everySeconds);
  return {
    present: sumOf(base, (each) => Math.min(each.present, intervals)),
    expected: intervals * base.length,
    series: base.length,
  };
}

function resultOf(
  measure: MetricMeasure,
  series: SummarySet,
  span: Span,
  samples: { readonly present: number; readonly expected: number },
): Result | 'notFlag' | null {
  const { reduction } = measure;
  const plain = (value: number): Result => ({ value, numerator: null, denominator: null });
  switch (reduction.kind) {
    case 'overTime': {
      const values = series.of.map((each) => overTime(each, reduction.reduce));
      return plain(reduceAcross(values, reduction.across));
    }
    case 'share': {
      const [numerator, denominator] = [sumOf(series.of, (s) => s.inBand), sumOf(series.of, (s) => s.count)];
      return { value: numerator / denominator, numerator, denominator };
    }
    case 'increase':
    case 'rate': {
      const seconds = reduction.kind === 'rate' ? (span.to - span.from) / 1000 : 1;
      const values = series.of.map((each) => each.growth / seconds);
      return plain(reduceAcross(values, reduction.across));
    }
    case 'ratio': {
      if (series.total.length === 0) return null;
      if (series.of.length === 0 && !isPartOfTotal(measure)) return null;
      const read = (each: SeriesSummary) =>
        reduction.by === 'increase' ? each.growth : overTime(each, reduction.by);
      const [numerator, denominator] = [sumOf(series.of, read), sumOf(series.total, read)];
      return { value: numerator / denominator, numerator, denominator };
    }
    case 'upTime': {
      if (series.of.some(({ min, max }) => min < 0 || max > 1)) return 'notFlag';
      const share = sumOf(series.of, (s) => s.sum) / sumOf(series.of, (s) => s.count);
      const numerator = share * samples.present;
      return { value: numerator / samples.expected, numerator, denominator: samples.expected };
    }
    case 'staleness': {
      const values = series.of.map((each) => (span.to - each.lastAt) / 1000);
      return plain(reduceAcross(values, reduction.across));
    }
    case 'distinct': {
      const values = series.of
        .map(({ labels }) => labels[reduction.label] ?? '')
        .filter((value) => value !== '');
      return plain(new Set(values).size);
    }
    case 'histogramQuantile': {
      const buckets = series.of.map(({ labels, growth }) => ({
        bound: boundOf(labels['le'] ?? ''),
        count: growth,
      }));
      const all = sumOf(
        series.of.filter(({ labels }) => boundOf(labels['le'] ?? '') === Number.POSITIVE_INFINITY),
        (s) => s.growth,
      );
      if (all === 0) return { value: Number.NaN, numerator: null, denominator: 0 };
      return plain(histogramQuantile(buckets, reduction.at));
    }
    case 'promql':
      return null;
  }
}

function overTime(series: SeriesSummary, reducer: OverTimeReducer): number {
  if (reducer === 'mean') return series.sum / series.count;
  return quantileOf(reducer) === null
    ? series[reducer as 'min' | 'max' | 'last' | 'sum' | 'count']
    : series.quantile;
}

function sumOf<T>(all: readonly T[], read: (each: T) => number): number {
  return all.reduce((sum, each) => sum + read(each), 0);
}
