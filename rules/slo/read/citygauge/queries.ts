import { type MetricSelector, printSelector } from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';

interface EventQueries {
  readonly errorQuery: string;
  readonly totalQuery: string;
}

const rateOf = (selector: string) => `sum(rate(${selector}[{{.window}}]))`;

/**
 * Events per second of two counters. Until the first event of the part there is no such series: `or 0 * total` counts
 * none where the whole is known, and stays absent where it is not.
 */
export function counterQueries(part: string, total: string, counts: 'good' | 'bad'): EventQueries {
  const totalQuery = rateOf(total);
  const known = `(${rateOf(part)} or 0 * ${totalQuery})`;
  return { errorQuery: counts === 'bad' ? known : `${totalQuery} - ${known}`, totalQuery };
}

/** Samples of a metric that is 0 or 1: all of them less their sum. */
export function onlineQueries(metric: string): EventQueries {
  const totalQuery = `sum(count_over_time(${metric}[{{.window}}]))`;
  return { errorQuery: `${totalQuery} - sum(sum_over_time(${metric}[{{.window}}]))`, totalQuery };
}

/** Steps at which the newest sample is looked at: rules look as often, so that short windows are not empty. */
const longestStepSeconds = 60;

/**
 * Steps of the window at which the newest sample of every series is beyond the bounds, and all steps with a sample. A
 * sample stands for the time to the next one, so that metrics written once an hour have a figure in every window.
 */
export function bandQueries(
  value: (newest: string) => string,
  metric: string,
  bounds: { readonly above: number | null; readonly below: number | null; readonly everySeconds: number },
): EventQueries {
  const { above, below, everySeconds } = bounds;
  const step = durationText(Math.min(everySeconds, longestStepSeconds));
  const newest = value(`last_over_time(${metric}[${durationText(everySeconds)}])`);
  const beyond = [
    ...(above === null ? [] : [`${newest} < ${above}`]),
    ...(below === null ? [] : [`${newest} > ${below}`]),
  ].join(' or ');
  const totalQuery = `sum(count_over_time((${newest})[{{.window}}:${step}]))`;
  const bad = `sum(count_over_time((${beyond})[{{.window}}:${step}]))`;
  return { errorQuery: `(${bad} or 0 * ${totalQuery})`, totalQuery };
}

/** Names of the series of a histogram that hold the observations up to a bound, and all of them. */
export function histogramSelectors(
  { metric, matchers }: MetricSelector,
  bound: number,
): { readonly bucket: MetricSelector; readonly count: MetricSelector } {
  // A whole bound is written "1" by older clients and "1.0" by OpenMetrics and Prometheus 3.
  const le = Number.isInteger(bound)
    ? ({ label: 'le', operator: '=~', value: `${bound}(\\.0)?` } as const)
    : ({ label: 'le', operator: '=', value: String(bound) } as const);
  return {
    bucket: { metric: `${metric}_bucket`, matchers: [...matchers, le] },
    count: { metric: `${metric}_count`, matchers },
  };
}

export const asWritten = (selector: MetricSelector) => printSelector(selector);
