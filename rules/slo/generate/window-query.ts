import type { Sli } from '../../contract.ts';
import { durationText } from '../../promql/durations.ts';
import { fillWindow, numbersOf } from '../../promql/fill-window.ts';
import { subtracts } from '../../promql/good-of-total.ts';
import { goNumber } from './go-number.ts';

const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

/** Of a threshold 1 where the value is outside the bound, else 0, for every series of the query. */
export function outsideQuery({ query, operator, bound }: Extract<Sli, { kind: 'threshold' }>): string {
  return `(${numbersOf(query)}) ${opposite[operator]} bool ${goNumber(bound)}`;
}

/** Error ratio of one slice of time, or 1 and 0 where slices are good or bad as a whole; nothing where nothing happened. */
export function sliceQuery({ of, sliceSeconds, target }: Extract<Sli, { kind: 'timeSlices' }>): string {
  const slice = durationText(sliceSeconds);
  const ratio =
    'errorRatioQuery' in of
      ? `clamp_min(${fillWindow(of.errorRatioQuery, slice)}, 0) >= 0`
      : `${errorsOf(fillWindow(of.errorQuery, slice), fillWindow(of.totalQuery, slice))}\n/\n(sum(${fillWindow(of.totalQuery, slice)}) > 0)`;
  return target === null ? ratio : `(${ratio})\n> bool ${allowedOf(target)}`;
}

/** What a target of 0.99 leaves, without the noise of binary fractions: 0.01. */
const allowedOf = (target: number) => goNumber(Number((1 - target).toPrecision(12)));

/** Whether the query says itself what stands in for series that are absent. */
const hasFallback = (query: string) =>
  /\bor\b/i.test(query.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ''));

/**
 * Errors, which are 0 where there is traffic and no series of errors was ever written. A difference without a value is no
 * 0: what is subtracted, good events mostly, may be what was never written.
 */
export const errorsOf = (errorQuery: string, totalQuery: string) =>
  hasFallback(errorQuery) || subtracts(errorQuery)
    ? `sum(${errorQuery})`
    : `(sum(${errorQuery}) or 0 * sum(${totalQuery}))`;
