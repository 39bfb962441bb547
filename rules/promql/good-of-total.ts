import { groupingOf } from './grouping.ts';
import { selectorsOf } from './query-selectors.ts';
import { queryTree, withClosedComment } from './query-tree.ts';

const isMany = (query: string) => {
  const tree = queryTree(query);
  return groupingOf(tree.top, tree).kind !== 'single';
};

/** A query as one value: itself, or the sum of its series where it may have several. */
export const asOneValue = (query: string) =>
  isMany(query) ? `sum(${withClosedComment(query.trim())})` : query;

/** The same, fit to stand in an expression. */
export const summed = (query: string) => `${isMany(query) ? 'sum' : ''}(${withClosedComment(query.trim())})`;

/**
 * The bad events, where the good ones and all are given. Both are summed, for a series of all that has no good one beside
 * it would drop out; and where no good event was ever written, all are bad.
 */
export function badOfGood(good: string, total: string): string {
  const all = summed(total);
  return `${all} - (${summed(good)} or 0 * ${all})`;
}

/** Whether something is subtracted in a query: that it yields nothing then does not mean that there is nothing to count. */
export const subtracts = (query: string) => selectorsOf(queryTree(query)).some((each) => each.isSubtracted);
