import { selectorsOf } from './query-selectors.ts';
import { queryTree } from './query-tree.ts';

/** Names of the metrics that a query selects, each once; a selector that names none is left out. */
export function metricNames(query: string): readonly string[] {
  const names = selectorsOf(queryTree(query)).map(({ metric }) => metric);
  return [...new Set(names)].filter((name) => name !== '');
}
