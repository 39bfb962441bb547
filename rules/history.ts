/** What the alerts of an SLO would have done in the past. */
export {
  alertSpans,
  type CountedStep,
  type CountedSteps,
  type FiringSpan,
} from './slo/history/alert-history.ts';
