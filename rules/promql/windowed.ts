import { type PromqlFault, syntaxFault } from '../contract.ts';
import { selectorsOf } from './query-selectors.ts';
import { queryTree, withRange } from './query-tree.ts';
import { senseFault } from './sense-faults.ts';

export { withRange } from './query-tree.ts';

/** Longest query of an SLO that is read, in characters, and its deepest nesting: a stranger's file may be hostile. */
const longestQuery = 10_000;
const deepestQuery = 500;

/** The first place where a query with `{{.window}}` is no PromQL; null when it is. */
export function windowedFault(query: string): PromqlFault | null {
  const broken = syntaxFault(withRange(query), longestQuery);
  if (broken) return broken;
  const tree = queryTree(query);
  if (tree.depth > deepestQuery) return { column: 1, message: `nested deeper than ${deepestQuery} levels` };
  const regex = selectorsOf(tree).find(({ regexFault }) => regexFault)?.regexFault;
  return regex ?? senseFault(tree);
}
