import type { Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { windowPlaceholder } from '../contract.ts';

export type QueryNode = Tree['topNode'];

/** A query with `{{.window}}`, taken apart; places are offsets in the text as written. */
export interface QueryTree {
  readonly text: string;
  /** Levels of the whole tree. */
  readonly depth: number;
  /** Null for a query that is no PromQL. */
  readonly top: QueryNode | null;
  textOf(node: QueryNode | null): string;
}

const trees = new Map<string, QueryTree>();
/** Queries are looked at by many rules one after another; older ones are parsed anew. */
const mostKept = 64;

function depthOf(tree: Tree): number {
  let [depth, deepest] = [0, 0];
  tree.iterate({
    enter: () => {
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    leave: () => {
      depth -= 1;
    },
  });
  return deepest;
}

/** The query with a range of the same length in place of `{{.window}}`, so that places stay the same. */
export function withRange(query: string): string {
  return query.replace(windowPlaceholder, (written) => `${'0'.repeat(written.length - 2)}1m`);
}

/** A query behind which anything may stand: a comment at its end is ended. */
export function withClosedComment(query: string): string {
  if (!/#[^\n]*$/.test(query)) return query;
  let isOpen = false;
  parser.parse(withRange(query)).iterate({
    enter: ({ name, to }) => {
      isOpen ||= name === 'LineComment' && to === query.length;
    },
  });
  return isOpen ? `${query}\n` : query;
}

export function queryTree(text: string): QueryTree {
  const kept = trees.get(text);
  if (kept) return kept;
  const parsed = parser.parse(withRange(text));
  const top = parsed.topNode.getChild('Expr');
  const tree: QueryTree = {
    text,
    depth: depthOf(parsed),
    top,
    textOf: (node) => (node ? text.slice(node.from, node.to) : ''),
  };
  if (trees.size >= mostKept) trees.clear();
  trees.set(text, tree);
  return tree;
}

export const isBinary = (node: QueryNode) => node.name === 'BinaryExpr';

/** The two sides of a binary expression and the name of its operator: `Add`, `Sub`, `Div`, `Or`, `Gtr`. */
export function sidesOf(node: QueryNode): {
  readonly left: QueryNode | null;
  readonly right: QueryNode | null;
  readonly operator: string;
} {
  const operator = node.firstChild?.nextSibling?.name ?? '';
  return { left: node.firstChild, right: node.lastChild, operator };
}

/** The expression within parentheses. */
export function unwrapped(node: QueryNode): QueryNode {
  const within = /^(?:ParenExpr|StepInvariantExpr)$/.test(node.name) ? node.getChild('Expr') : null;
  return within ? unwrapped(within) : node;
}

/** Name of the function or aggregation that a node calls, `sum`, `rate`; empty for another node. */
export function callName(node: QueryNode, { textOf }: QueryTree): string {
  if (node.name === 'FunctionCall') return textOf(node.getChild('FunctionIdentifier'));
  return node.name === 'AggregateExpr' ? textOf(node.getChild('AggregateOp')).toLowerCase() : '';
}

export function argumentsOf(node: QueryNode): readonly QueryNode[] {
  return node.getChild('FunctionCallBody')?.getChildren('Expr') ?? [];
}

/** Every node of a tree, in the order of the text. */
export function nodesOf(node: QueryNode | null): QueryNode[] {
  const found: QueryNode[] = [];
  const open = node ? [node] : [];
  for (let at = open.pop(); at; at = open.pop()) {
    found.push(at);
    for (let child = at.lastChild; child; child = child.prevSibling) open.push(child);
  }
  return found;
}
