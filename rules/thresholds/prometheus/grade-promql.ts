import { printSelector, type Threshold, type ThresholdGrade } from '../../contract.ts';
import { durationText } from '../../promql/durations.ts';
import { withClosedComment } from '../../promql/query-tree.ts';
import { type Comparisons, entering, keeping } from '../condition.ts';
import { rememberedFor } from '../judge.ts';
import { alertLabels, gradeAlert, recorded, watchedSelector } from './names.ts';

/** An instant selector finds the ALERTS of the evaluation before as long as Prometheus looks back (5 min), with a minute to spare. */
const longestInstantSeconds = 240;

/**
 * A window of so many seconds with both its borders: Prometheus 2 counts a sample on the left one, Prometheus 3 does not,
 * and a millisecond more makes them the same for samples at whole seconds.
 */
const windowText = (seconds: number) => `[${durationText(seconds)}1ms]`;

/** The newest finite value of each series; one older than the lookback is none. */
export function valuePromql(threshold: Threshold): string {
  const { target, lookbackSeconds } = threshold;
  const selector = watchedSelector(threshold);
  const newest =
    target.kind === 'promql' || selector === null
      ? `(${target.kind === 'promql' ? withClosedComment(target.query) : ''})`
      : `last_over_time(${printSelector(selector)}${windowText(lookbackSeconds)})`;
  return `${newest} > -Inf < +Inf`;
}

function comparisonText(value: string, comparisons: Comparisons): string {
  return comparisons
    .map((all) => `${value}${all.map(({ operator, bound }) => ` ${operator} ${bound}`).join('')}`)
    .join(' or ');
}

/** Only within the schedule, where there is one. */
function whileWatched(threshold: Threshold, expression: string): string {
  if (threshold.schedule === null) return expression;
  return `(${expression}) and on () ${recorded(threshold, 'watched')} == 1`;
}

/** The grade's condition, or, once it is given, the condition that keeps it. */
export function gradePromql(threshold: Threshold, grade: ThresholdGrade): string {
  const value = recorded(threshold, 'value');
  const enters = comparisonText(value, entering(grade.when));
  if (grade.hysteresis === 0) return whileWatched(threshold, enters);
  const keeps = comparisonText(value, keeping(grade.when, grade.hysteresis));
  const given = givenPromql(threshold, grade);
  const before =
    threshold.everySeconds <= longestInstantSeconds
      ? given
      : `last_over_time(${given}[${durationText(Math.ceil(threshold.everySeconds * 1.5))}])`;
  const ignored = 'alertname, alertstate, colour, role';
  return whileWatched(threshold, `${enters} or ((${keeps}) and ignoring (${ignored}) ${before})`);
}

function givenPromql(threshold: Threshold, { colour, role }: ThresholdGrade): string {
  const { threshold: id = '' } = alertLabels(threshold, colour, role);
  const matchers = Object.entries({
    alertname: gradeAlert(threshold, colour),
    alertstate: 'firing',
    colour,
    threshold: id,
  }).map(([label, value]) => ({ label, operator: '=' as const, value }));
  return printSelector({ metric: 'ALERTS', matchers });
}

function silentPromql(threshold: Threshold): string {
  const value = recorded(threshold, 'value');
  const window = windowText(rememberedFor(threshold));
  return `(last_over_time(${value}${window}) unless ${value}) or absent_over_time(${value}${window})`;
}

/** Series that had a value and have none, and a threshold that no series answers. */
export const noDataPromql = (threshold: Threshold) => whileWatched(threshold, silentPromql(threshold));

/** The lamp as a number, worst grade given; see `thresholdRecords.level`. */
export function levelPromql(threshold: Threshold): string {
  const { grades } = threshold;
  const parts = [
    ...grades.map((grade, index) => `${grades.length - index} * ${givenPromql(threshold, grade)}`),
    // Comparisons that are never and always true: 0 and 1 for whatever value.
    `(${recorded(threshold, 'value')} > bool +Inf)`,
    `-1 * ((${silentPromql(threshold)}) >= bool -Inf)`,
  ];
  return whileWatched(
    threshold,
    `max without (alertname, alertstate, colour, role) (\n  ${parts.join('\n  or ')}\n)`,
  );
}
