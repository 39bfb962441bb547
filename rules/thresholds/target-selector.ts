import { type MetricSelector, type ThresholdTarget, thresholdMetrics } from '../contract.ts';

/** The series that a threshold is about, of whatever subject. */
export function targetSelector(target: Exclude<ThresholdTarget, { kind: 'promql' }>): MetricSelector {
  if (target.kind === 'metric') return target.selector;
  return {
    metric: thresholdMetrics.indicatorValue,
    matchers: [
      { label: 'model', operator: '=', value: target.model },
      { label: 'indicator', operator: '=', value: target.indicator },
    ],
  };
}
