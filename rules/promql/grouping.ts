import {
  argumentsOf,
  callName,
  isBinary,
  type QueryNode,
  type QueryTree,
  sidesOf,
  unwrapped,
} from './query-tree.ts';

/** Labels that the series of an expression still have. */
export type Grouping =
  /** One value: no labels, or a number. */
  | { readonly kind: 'single' }
  /** `by (a, b)`: exactly these. */
  | { readonly kind: 'by'; readonly labels: readonly string[] }
  /** Those of the selectors. */
  | { readonly kind: 'many' };

const single: Grouping = { kind: 'single' };
const many: Grouping = { kind: 'many' };

/** Functions whose value has no labels whatever they are given. */
const scalarFunctions = /^(?:vector|scalar|time|pi|absent|absent_over_time|minute|hour|month|year)$/;
const setOperators = /^(?:And|Unless)$/;

function ofAggregation(node: QueryNode, tree: QueryTree): Grouping {
  if (/^(?:topk|bottomk|limitk|limit_ratio|count_values)$/.test(callName(node, tree))) return many;
  const modifier = node.getChild('AggregateModifier');
  if (!modifier) return single;
  const labels = modifier
    .getChild('GroupingLabels')
    ?.getChildren('LabelName')
    .map((each) => tree.textOf(each));
  if (modifier.getChild('Without')) return many;
  return labels && labels.length > 0 ? { kind: 'by', labels: labels.toSorted() } : single;
}

/** A number takes the labels of the other side. */
function joined(left: Grouping, right: Grouping): Grouping {
  if (left.kind === 'single') return right;
  return right.kind === 'single' ? left : left.kind === 'many' ? left : right;
}

/** What an expression leaves of its labels. */
export function groupingOf(node: QueryNode | null, tree: QueryTree): Grouping {
  if (!node) return many;
  const at = unwrapped(node);
  if (at.name === 'NumberDurationLiteral' || at.name === 'StringLiteral') return single;
  if (at.name === 'AggregateExpr') return ofAggregation(at, tree);
  if (at.name === 'FunctionCall') {
    if (scalarFunctions.test(callName(at, tree))) return single;
    return argumentsOf(at)
      .map((each) => groupingOf(each, tree))
      .reduce(joined, single);
  }
  if (isBinary(at)) {
    const { left, right, operator } = sidesOf(at);
    const ofLeft = groupingOf(left, tree);
    return setOperators.test(operator) ? ofLeft : joined(ofLeft, groupingOf(right, tree));
  }
  if (/^(?:SubqueryExpr|OffsetExpr|UnaryExpr)$/.test(at.name)) return groupingOf(at.getChild('Expr'), tree);
  return many;
}
