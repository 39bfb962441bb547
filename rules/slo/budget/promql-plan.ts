import type { Sli, Text } from '../../contract.ts';
import { fillWindow, numbersOf } from '../../promql/fill-window.ts';
import { subtracts } from '../../promql/good-of-total.ts';
import { metricNames } from '../../promql/metric-names.ts';
import { isPerSecond } from '../../promql/per-second.ts';
import { withClosedComment } from '../../promql/query-tree.ts';
import { absent, type Count, counted, failed } from './count.ts';
import * as reasons from './reasons.ts';

/** Milliseconds since 1970, [from, to), and the server's text of a range that holds exactly those. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly window: string;
}

/** A query and the instant (milliseconds) at which it is evaluated. */
export interface Question {
  readonly expression: string;
  readonly at: number;
}

export type Answer =
  | { readonly series: readonly { readonly value: number }[] }
  | { readonly fault: Text; readonly isTooLarge: boolean };

/** What to ask a PromQL server about one stretch, and the count that its answers are. */
export interface CountPlan {
  /** In this order `count` wants the answers. */
  readonly questions: readonly Question[];
  /** Those that count good and bad, as they are asked. */
  readonly queries: readonly string[];
  count(answers: readonly Answer[]): Count;
}

interface PlanOptions {
  /** Asks at points of time whether there was data, so that a gap shows; left out where only the ratio matters. */
  readonly withCoverage: boolean;
}

/** What a ratio without a length of its own is taken of: the shortest window of the rules. */
const ratioSeconds = 300;
/** At so many instants of a stretch, at least this far apart, it is looked whether there is data ... */
const [probes, apartSeconds] = [100, 300];
/** ... within so long: a rate takes two samples, which may be five minutes apart, and a whole hour per instant costs little. */
const [shortestLookSeconds, longestLookSeconds] = [900, 3600];
/** Of the samples' own interval, where the SLO says it. */
const lookIntervals = 2.5;

export function planCount(sli: Sli, stretch: Stretch, options: PlanOptions): CountPlan {
  switch (sli.kind) {
    case 'events':
      return eventsPlan(sli, stretch, options);
    case 'threshold':
      return thresholdPlan(sli, stretch, options);
    case 'ratio':
      return slicesPlan(
        { ratio: sli.errorRatioQuery, seconds: ratioSeconds, target: null },
        stretch,
        options,
      );
    case 'timeSlices': {
      const ratio = 'errorRatioQuery' in sli.of ? sli.of.errorRatioQuery : quotient(sli.of);
      return slicesPlan({ ratio, seconds: sli.sliceSeconds, target: sli.target }, stretch, options);
    }
  }
}

const inParens = (query: string) => `(${withClosedComment(query)})`;

function eventsPlan(
  { errorQuery, totalQuery, measure }: Extract<Sli, { kind: 'events' }>,
  stretch: Stretch,
  { withCoverage }: PlanOptions,
): CountPlan {
  const queries = [errorQuery, totalQuery].map((each) => fillWindow(each, stretch.window));
  const at = stretch.to - 1;
  const seconds = (stretch.to - stretch.from) / 1000;
  const amount = (query: string, value: number) => (isPerSecond(query) ? value * seconds : value);
  const every = measure?.measure.everySeconds ?? 0;
  const probe = withCoverage ? probeOf(totalQuery, stretch, every) : null;
  return {
    questions: [
      ...queries.map((expression) => ({ expression: inParens(expression), at })),
      ...(probe ? [probe.question] : []),
    ],
    queries,
    count: (answers) =>
      withValues(answers, ([bad, total, present]) => {
        if (total === undefined || total === null) return absent();
        if (bad === null && !isPart(errorQuery, totalQuery)) return absent(reasons.noErrorSeries);
        const share = probe ? (present ?? 0) / probe.expected : null;
        return counted(amount(errorQuery, bad ?? 0), amount(totalQuery, total), share);
      }),
  };
}

/**
 * Errors of the very metrics that count all events: that none of their series is an error means 0, not unknown. Of a
 * difference it means nothing: where no good event was ever written, all may be bad.
 */
function isPart(errorQuery: string, totalQuery: string): boolean {
  if (subtracts(errorQuery)) return false;
  const all = metricNames(totalQuery);
  const own = metricNames(errorQuery);
  return own.length > 0 && own.every((name) => all.includes(name));
}

function thresholdPlan(
  { query, operator, bound, everySeconds }: Extract<Sli, { kind: 'threshold' }>,
  stretch: Stretch,
  { withCoverage }: PlanOptions,
): CountPlan {
  const steps = `((${numbersOf(query)}) ${operator} bool ${bound})[${stretch.window}:${everySeconds}s]`;
  const queries = [`sum_over_time(${steps})`, `count_over_time(${steps})`];
  const expected = multiplesIn(stretch, everySeconds * 1000);
  return {
    questions: queries.map((expression) => ({ expression, at: stretch.to - 1 })),
    queries,
    count: (answers) =>
      withValues(answers, ([good, all]) => {
        if (good === undefined || good === null || all === undefined || all === null) return absent();
        return counted(all - good, all, withCoverage && expected > 0 ? all / expected : null);
      }),
  };
}

interface Slices {
  readonly ratio: string;
  readonly seconds: number;
  /** Share of good from which a slice is good; null averages. */
  readonly target: number | null;
}

/** Slices end on multiples of their length in (from, to]: evaluated at the end itself, over a window one slice shorter. */
function slicesPlan(
  { ratio, seconds, target }: Slices,
  stretch: Stretch,
  { withCoverage }: PlanOptions,
): CountPlan {
  const slice = seconds * 1000;
  const window = stretch.to - stretch.from - slice + 1;
  if (window < 1) return { questions: [], queries: [], count: () => absent() };
  const errors = inParens(numbersOf(fillWindow(ratio, `${seconds}s`)));
  const allowed = target === null ? null : Number((1 - target).toFixed(14));
  const each = allowed === null ? errors : `(${errors} > bool ${allowed})`;
  const queries = ['sum', 'count'].map((reduce) => `${reduce}_over_time(${each}[${window}ms:${seconds}s])`);
  const probe = withCoverage ? probeOf(ratio, stretch, seconds) : null;
  return {
    questions: [
      ...queries.map((expression) => ({ expression, at: stretch.to })),
      ...(probe ? [probe.question] : []),
    ],
    queries,
    count: (answers) =>
      withValues(answers, ([bad, all, present]) => {
        const share = probe ? (present ?? 0) / probe.expected : null;
        if (typeof bad === 'number' && typeof all === 'number') return counted(bad, all, share);
        return share === null || share === 0 ? absent() : counted(0, 0);
      }),
  };
}

function quotient({ errorQuery, totalQuery }: { readonly errorQuery: string; readonly totalQuery: string }) {
  const [errors, all] = [inParens(errorQuery), inParens(totalQuery)];
  return isPart(errorQuery, totalQuery) ? `(${errors} or on() 0 * ${all}) / ${all}` : `${errors} / ${all}`;
}

function probeOf(
  query: string,
  stretch: Stretch,
  everySeconds: number,
): { question: Question; expected: number } {
  const length = (stretch.to - stretch.from) / 1000;
  const step = Math.max(apartSeconds, Math.floor(length / probes / 60) * 60);
  const own = Math.min(longestLookSeconds, Math.max(shortestLookSeconds, step));
  const inner = inParens(fillWindow(query, `${Math.max(own, Math.ceil(everySeconds * lookIntervals))}s`));
  return {
    question: { expression: `count_over_time(${inner}[${stretch.window}:${step}s])`, at: stretch.to - 1 },
    expected: Math.max(1, multiplesIn(stretch, step * 1000)),
  };
}

/** Points of a subquery within [from, to): multiples of its step since 1970. */
function multiplesIn({ from, to }: Stretch, step: number): number {
  return Math.ceil(to / step) - Math.ceil(from / step);
}

/** A value per question, null where the query returned nothing; a fault or several series end the count. */
function withValues(answers: readonly Answer[], count: (values: readonly (number | null)[]) => Count): Count {
  const values: (number | null)[] = [];
  for (const answer of answers) {
    if ('fault' in answer) return failed(answer.fault, answer.isTooLarge);
    if (answer.series.length > 1) return failed(reasons.severalSeries(answer.series.length));
    values.push(answer.series[0]?.value ?? null);
  }
  return count(values);
}
