import { type LabelMatcher, linearRegex, RegexFault } from '../../contract.ts';
import type { QuerySelector } from '../../promql/query-selectors.ts';

const statusLabel =
  /^(?:code|status|status_?code|http_?(?:status|code|response_?(?:code|status_?code))|http\.(?:response\.)?status_code|response_?code)$/i;
const outcomeLabel = /^(?:result|outcome|state|status|success|ok)$/i;
const goodOutcomes = [
  'success',
  'succeeded',
  'successful',
  'ok',
  'good',
  'passed',
  'true',
  'accepted',
  'completed',
];
const badOutcomes = ['error', 'errors', 'failure', 'failed', 'fail', 'bad', 'false', 'rejected', 'timeout'];
const goodMetric = /_(?:success|successes|succeeded|successful|ok|good)(?:_total|_count)?$/;

function matches({ operator, value }: LabelMatcher, candidate: string): boolean {
  if (operator === '=') return candidate === value;
  if (operator === '!=') return candidate !== value;
  try {
    return linearRegex(value).matches(candidate) === (operator === '=~');
  } catch (error) {
    if (error instanceof RegexFault) return false;
    throw error;
  }
}

const some = (matcher: LabelMatcher, values: readonly string[]) =>
  values.some((value) => matches(matcher, value));

/** Verdicts on matchers: thousands of SLOs say `code=~"5.."`. */
const verdicts = new Map<string, boolean>();
const mostVerdicts = 1000;

function isGood(matcher: LabelMatcher): boolean {
  const key = `${matcher.label} ${matcher.operator} ${matcher.value}`;
  const verdict = verdicts.get(key) ?? judgeMatcher(matcher);
  if (verdicts.size >= mostVerdicts) verdicts.clear();
  verdicts.set(key, verdict);
  return verdict;
}

function judgeMatcher(matcher: LabelMatcher): boolean {
  if (statusLabel.test(matcher.label) && /\d/.test(matcher.value))
    return some(matcher, ['200', '2xx']) && !some(matcher, ['500', '503', '5xx']);
  if (!outcomeLabel.test(matcher.label)) return false;
  return some(matcher, goodOutcomes) && !some(matcher, badOutcomes);
}

/** The matcher that takes good events and no bad ones; null when there is none. */
export function goodMatcher({ matchers }: QuerySelector): LabelMatcher | null {
  return matchers.find(isGood) ?? null;
}

/** True for a bucket of a histogram with a bound: the events that were fast enough. */
export const isBucket = ({ metric, matchers }: QuerySelector) =>
  metric.endsWith('_bucket') && matchers.some(({ label, value }) => label === 'le' && value !== '+Inf');

export const isGoodMetric = ({ metric }: QuerySelector) => goodMetric.test(metric);
