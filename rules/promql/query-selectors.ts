import { type LabelMatcher, type PromqlFault, readSelector } from '../contract.ts';
import { isBinary, nodesOf, type QueryNode, type QueryTree, sidesOf } from './query-tree.ts';

/** A selector of series within a query. */
export interface QuerySelector {
  readonly node: QueryNode;
  /** Counted from 1. */
  readonly column: number;
  /** Empty where none is named plainly. */
  readonly metric: string;
  readonly matchers: readonly LabelMatcher[];
  /** A matcher whose regular expression or text in quotes cannot be read, at its column in the query. */
  readonly regexFault: PromqlFault | null;
  /** The literal range of the selector, `5m`; null without one or where it is `{{.window}}`. */
  readonly literalRange: { readonly text: string; readonly column: number } | null;
  /** True within a subquery over `{{.window}}`. */
  readonly isInWindow: boolean;
  /** True where more of it makes the query's value smaller: subtracted. */
  readonly isSubtracted: boolean;
  /** True where it stands below a division line. */
  readonly isDivisor: boolean;
  /** True behind an `or`, as what stands in for the left side. */
  readonly isFallback: boolean;
}

const contains = (outer: QueryNode | null, inner: QueryNode) =>
  outer !== null && outer.from <= inner.from && inner.to <= outer.to;

function rangeOf(node: QueryNode, tree: QueryTree): QuerySelector['literalRange'] {
  const range = node.parent?.name === 'MatrixSelector' ? node.parent.getChild('DurationExpr') : null;
  const text = tree.textOf(range);
  return !range || text.includes('{{') ? null : { text, column: range.from + 1 };
}

function describeSelector(node: QueryNode, tree: QueryTree): QuerySelector {
  const { selector, faults } = readSelector(tree.textOf(node));
  const regex = faults.find(({ message }) => /regular expression|escape/.test(message));
  let [isSubtracted, isDivisor, isFallback, isInWindow] = [false, false, false, false];
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === 'UnaryExpr' && tree.textOf(at.getChild('UnaryOp')) === '-') isSubtracted = !isSubtracted;
    if (at.name === 'SubqueryExpr') isInWindow ||= tree.textOf(at.getChild('DurationExpr')).includes('{{');
    if (!isBinary(at)) continue;
    const { right, operator } = sidesOf(at);
    if (!contains(right, node)) continue;
    if (operator === 'Sub') isSubtracted = !isSubtracted;
    if (operator === 'Div') isDivisor = !isDivisor;
    if (operator === 'Or') isFallback = true;
  }
  return {
    node,
    column: node.from + 1,
    metric: selector?.metric ?? '',
    matchers: selector?.matchers ?? [],
    regexFault: regex ? { column: node.from + regex.column, message: regex.message } : null,
    literalRange: rangeOf(node, tree),
    isSubtracted,
    isDivisor,
    isFallback,
    isInWindow,
  };
}

const described = new WeakMap<QueryTree, readonly QuerySelector[]>();

export function selectorsOf(tree: QueryTree): readonly QuerySelector[] {
  const known = described.get(tree);
  if (known) return known;
  const selectors = nodesOf(tree.top)
    .filter(({ name }) => name === 'VectorSelector')
    .map((node) => describeSelector(node, tree));
  described.set(tree, selectors);
  return selectors;
}
