import {
  type LabelMatcher,
  linearRegex,
  type MetricSelector,
  printSelector,
  type Threshold,
} from '../../../contract.ts';
import { recorded, watchedSelector } from '../names.ts';

/** The first alternative of a regular expression that is plain text. */
function plainAlternative(pattern: string): string | null {
  const [first = ''] = pattern.replace(/\(\/\.\*\)\?$/, '').split('|');
  const text = first.replace(/\\([\\^$.*+?()[\]{}|])/g, '$1');
  return linearRegex(pattern).matches(text) ? text : null;
}

function satisfies(labels: Readonly<Record<string, string>>, { label, operator, value }: LabelMatcher) {
  const own = labels[label] ?? '';
  const isEqual = operator.endsWith('~') ? linearRegex(value).matches(own) : own === value;
  return isEqual === !operator.startsWith('!');
}

/** Labels that the selector chooses; null when they cannot be told from its text. */
function exampleLabels({ matchers }: MetricSelector): Record<string, string> | null {
  const labels: Record<string, string> = {};
  for (const { label, operator, value } of matchers) {
    const example = operator === '=' ? value : operator === '=~' ? plainAlternative(value) : '';
    if (example === null) return null;
    if (example !== '') labels[label] = example;
  }
  return matchers.every((matcher) => satisfies(labels, matcher)) ? labels : null;
}

export interface ExampleSeries {
  /** As promtool reads it. */
  readonly series: string;
  /** Labels that its alerts have, besides their own. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A series that the threshold watches. Where none can be told from the selector, or the threshold is written in PromQL, the
 * recorded value stands in for what the query would answer.
 */
export function exampleSeries(threshold: Threshold): ExampleSeries {
  const selector = watchedSelector(threshold);
  const labels = selector === null ? null : exampleLabels(selector);
  if (selector === null || labels === null) return { series: recorded(threshold, 'value'), labels: {} };
  const matchers = Object.entries(labels).map(([label, value]) => ({ label, operator: '=' as const, value }));
  return { series: printSelector({ metric: selector.metric, matchers }), labels };
}
