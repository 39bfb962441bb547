/** Graded thresholds (颜色预警): read from their file, judged, and as Prometheus rules. */
export { type Judgement, judge, trustedFor, type WatchedValues } from './thresholds/judge.ts';
export { type ThresholdRuleOptions, thresholdGroups } from './thresholds/prometheus/rule-groups.ts';
export { type ThresholdTestOptions, thresholdTests } from './thresholds/prometheus/tests/rule-tests.ts';
export { readThresholds, type ThresholdFile } from './thresholds/read/read-thresholds.ts';
export { targetSelector } from './thresholds/target-selector.ts';
