import { windowPlaceholder } from '../contract.ts';
import { withClosedComment } from './query-tree.ts';

/** The query over a window, `5m`; a comment at its end swallows nothing that is put behind it. */
export const fillWindow = (query: string, window: string) =>
  withClosedComment(query.replace(windowPlaceholder, () => window));

/** A quantile of no traffic, or 0 / 0, is NaN: no value, neither good nor bad. */
export const numbersOf = (query: string) => `(${withClosedComment(query)}) >= -Inf`;
