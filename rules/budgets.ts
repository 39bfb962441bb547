/** Error budgets: which spans of an SLO to count, what to ask, and the figures that the answers make. */
export { absent, type Count, counted, failed, sumCounts } from './slo/budget/count.ts';
export { type ExcludedStretch, excludedStretches } from './slo/budget/exclusions.ts';
export { type CountedSpan, figureOf, recentWindows } from './slo/budget/figure.ts';
export { countOfMeasure, countOfSilence, type MeasuredFigure } from './slo/budget/measured-count.ts';
export {
  type Answer,
  type CountPlan,
  planCount,
  type Question,
  type Stretch,
} from './slo/budget/promql-plan.ts';
export { needsPromql, notBegun } from './slo/budget/reasons.ts';
export {
  dueSpans,
  isOfOtherDefinition,
  isSettled,
  type KnownSpans,
  periodBefore,
} from './slo/budget/schedule.ts';
export {
  daysIn,
  elapsedPart,
  isoOf,
  namedSpan,
  periodSeconds,
  periodSpan,
  zoneOf,
} from './slo/budget/spans.ts';
