import { type PromqlFault, syntaxFault } from '../contract.ts';
import { selectorsOf } from './query-selectors.ts';
import { queryTree, withRange } from './query-tree.ts';
import { senseFault } from './sense-faults.ts';

export { withRange } from './query-tree.ts';

/** Longest query of an SLO that is read, in characters, and its deepest nesting: a stranger's file may be hostile. */
const longestQuery = 10_000;
const deepestQuery = 500;

/** The message of a fault with the text that it quotes as it stands in the query, not with a range filled in. */
function asWritten(
  { column, message }: PromqlFault,
  { filled, query }: { readonly filled: string; readonly query: string },
): string {
  const quoted = /"([\s\S]+)" cannot stand here$/.exec(message)?.[1];
  const from = quoted === undefined ? -1 : filled.indexOf(quoted, column - 1);
  if (quoted === undefined || from < 0) return message;
  return message.replace(quoted, () => query.slice(from, from + quoted.length).replace(/\s+/g, ' '));
}

/** The first place where a query with `{{.window}}` is no PromQL; null when it is. */
export function windowedFault(query: string): PromqlFault | null {
  const filled = withRange(query);
  const broken = syntaxFault(filled, longestQuery);
  if (broken) return { ...broken, message: asWritten(broken, { filled, query }) };
  const tree = queryTree(query);
  if (tree.depth > deepestQuery) return { column: 1, message: `nested deeper than ${deepestQuery} levels` };
  const regex = selectorsOf(tree).find(({ regexFault }) => regexFault)?.regexFault;
  return regex ?? senseFault(tree);
}
