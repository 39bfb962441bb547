import type { LintRule } from './lint-rule.ts';
import { alertConditionReplaced } from './rules/alert-condition-replaced.ts';
import { errorsCanBeAbsent } from './rules/errors-can-be-absent.ts';
import { errorsEqualTotal } from './rules/errors-equal-total.ts';
import { fixedRange } from './rules/fixed-range.ts';
import { goodEventsAsErrors } from './rules/good-events-as-errors.ts';
import { labelMissingOnOneSide } from './rules/label-missing-on-one-side.ts';
import { latencyNotABucketBound } from './rules/latency-not-a-bucket-bound.ts';
import { minuteAsMonth } from './rules/minute-as-month.ts';
import { missingWindow } from './rules/missing-window.ts';
import { notOneValue } from './rules/not-one-value.ts';
import { objectiveOutOfRange } from './rules/objective-out-of-range.ts';
import { runbookMissing } from './rules/runbook-missing.ts';
import { totalCanBeZero } from './rules/total-can-be-zero.ts';
import { windowLongerThanRetention } from './rules/window-longer-than-retention.ts';

/** In the order in which their findings stand where they are about the same place. */
export const lintRules: readonly LintRule[] = [
  objectiveOutOfRange,
  minuteAsMonth,
  missingWindow,
  fixedRange,
  goodEventsAsErrors,
  errorsEqualTotal,
  totalCanBeZero,
  labelMissingOnOneSide,
  notOneValue,
  errorsCanBeAbsent,
  latencyNotABucketBound,
  windowLongerThanRetention,
  runbookMissing,
  alertConditionReplaced,
];
