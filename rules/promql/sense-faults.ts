import type { PromqlFault } from '../contract.ts';
import {
  argumentsOf,
  callName,
  isBinary,
  nodesOf,
  type QueryNode,
  type QueryTree,
  sidesOf,
  unwrapped,
} from './query-tree.ts';

const rangeFunction =
  /^(?:\w+_over_time|rate|irate|increase|delta|idelta|deriv|resets|changes|predict_linear|double_exponential_smoothing|holt_winters)$/;

const isRange = (node: QueryNode): boolean => {
  const at = unwrapped(node);
  if (at.name === 'OffsetExpr') return isRange(at.getChild('Expr') ?? at.firstChild ?? at);
  return at.name === 'MatrixSelector' || at.name === 'SubqueryExpr';
};

function isNumber(node: QueryNode): boolean {
  const at = unwrapped(node);
  const signed = at.name === 'UnaryExpr' ? at.getChild('Expr') : null;
  return signed ? isNumber(signed) : at.name === 'NumberDurationLiteral';
}

/** The call that takes a node as an argument; null when something else does. */
function callAround(node: QueryNode): QueryNode | null {
  let at = node.parent;
  while (at && /^(?:ParenExpr|OffsetExpr|StepInvariantExpr)$/.test(at.name)) at = at.parent;
  return at?.name === 'FunctionCallBody' ? at.parent : null;
}

function faultOf(node: QueryNode, tree: QueryTree): string | null {
  if (node.name === 'MatrixSelector' || node.name === 'SubqueryExpr') {
    const call = callAround(node);
    if (!call || !rangeFunction.test(callName(call, tree)))
      return 'a range stands here, yet only functions over time, rate and increase take one';
    if (node.name === 'MatrixSelector' && node.firstChild?.name !== 'VectorSelector')
      return 'only a selector has a range; of an expression write `[{{.window}}:]`';
  }
  if (
    node.name === 'OffsetExpr' &&
    !/^(?:VectorSelector|MatrixSelector|SubqueryExpr|StepInvariantExpr|UnaryExpr)$/.test(
      node.firstChild?.name ?? '',
    )
  )
    return 'offset stands behind a selector only';
  if (isBinary(node) && /^(?:And|Or|Unless)$/.test(sidesOf(node).operator)) {
    const { left, right } = sidesOf(node);
    if ([left, right].some((side) => side && isNumber(side)))
      return 'and, or and unless join series, not numbers: write vector(0)';
  }
  const name = node.name === 'FunctionCall' ? callName(node, tree) : '';
  if (rangeFunction.test(name) && !argumentsOf(node).some(isRange))
    return `${name} needs a range, \`${name}(metric[{{.window}}])\``;
  return null;
}

/** The first place where a query that parses makes no sense all the same: ranges, offsets and joins where none may be. */
export function senseFault(tree: QueryTree): PromqlFault | null {
  const { top } = tree;
  if (top && unwrapped(top).name === 'StringLiteral')
    return { column: 1, message: 'no PromQL: a text is no figure; the query must yield one number' };
  for (const node of nodesOf(top)) {
    const message = faultOf(node, tree);
    if (message) return { column: node.from + 1, message: `no PromQL: ${message}` };
  }
  return null;
}
