import type { SampleCount, SloMeasure, Text } from '../../contract.ts';
import { absent, type Count, counted, failed } from './count.ts';
import * as reasons from './reasons.ts';

/** What a metric measure came to over a stretch of time. */
export type MeasuredFigure =
  | {
      readonly state: 'measured' | 'estimated';
      readonly numerator: number | null;
      readonly denominator: number | null;
      readonly samples: SampleCount;
    }
  | { readonly state: 'zeroBase'; readonly samples: SampleCount }
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly reason: Text };

export function countOfMeasure({ measure, counts }: SloMeasure, figure: MeasuredFigure): Count {
  switch (figure.state) {
    case 'absent':
      return absent();
    case 'failed':
      return failed(figure.reason);
    case 'zeroBase':
      return counted(0, 0);
    default: {
      const { numerator, denominator, samples } = figure;
      if (numerator === null || denominator === null) return failed(reasons.notFinite);
      const bad = counts === 'bad' ? numerator : denominator - numerator;
      const share = samples.expected > 0 ? samples.present / samples.expected : null;
      const isWhole = share === null || share >= measure.fullCoverage;
      const count = counted(bad, denominator);
      if (count.state !== 'measured') return count;
      // A gap of an on-line flag is bad already, and hides nothing.
      if (!isWhole && measure.reduction.kind !== 'upTime')
        return { ...count, state: 'estimated', reason: reasons.partly(share ?? 0) };
      return figure.state === 'estimated'
        ? { ...count, state: 'estimated', reason: reasons.rolledUp }
        : count;
    }
  }
}

/**
 * An on-line flag without a sample is down: part of a span in which none of its series had one counts as bad in the whole, and
 * so it does by itself.
 */
export function countOfSilence(
  { measure }: SloMeasure,
  { series, seconds }: { readonly series: number; readonly seconds: number },
): Count | null {
  if (measure.reduction.kind !== 'upTime' || measure.everySeconds === null || series === 0) return null;
  const expected = Math.max(1, Math.floor(seconds / measure.everySeconds)) * series;
  return counted(expected, expected);
}
