import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { withRange } from './query-tree.ts';

const perSecond = new Set(['rate', 'irate', 'deriv', 'xrate']);
/** Growth within a range, counts and sums of samples: amounts of the range, whatever they are made of. */
const amounts = new Set([
  ...['increase', 'delta', 'idelta', 'changes', 'resets'],
  ...['count_over_time', 'sum_over_time', 'present_over_time', 'time', 'timestamp'],
]);

/** Whether the value of a query is per second (`sum(rate(..))`), not an amount (`increase`, a count): by its units of time. */
export function isPerSecond(query: string): boolean {
  const text = withRange(query);
  const [expression] = parser.parse(text).topNode.getChildren('Expr');
  return expression !== undefined && powerOfTime(expression, text) < 0;
}

/** -1 for a speed, 0 for an amount, 1 for an amount divided by a speed. */
function powerOfTime(node: SyntaxNode, text: string): number {
  switch (node.name) {
    case 'FunctionCall':
      return ofFunction(node, text);
    case 'AggregateExpr': {
      const operator = node.getChild('AggregateOp');
      const isCount = operator !== null && text.slice(operator.from, operator.to).startsWith('count');
      return isCount ? 0 : ofOperands(node.getChild('FunctionCallBody'), text);
    }
    case 'BinaryExpr':
      return ofBinary(node, text);
    case 'VectorSelector':
    case 'MatrixSelector':
    case 'NumberDurationLiteral':
      return 0;
    default:
      return ofOperands(node, text);
  }
}

function ofFunction(node: SyntaxNode, text: string): number {
  const name = node.getChild('FunctionIdentifier');
  const called = name ? text.slice(name.from, name.to).trim() : '';
  if (perSecond.has(called)) return -1;
  return amounts.has(called) ? 0 : ofOperands(node.getChild('FunctionCallBody'), text);
}

function ofOperands(node: SyntaxNode | null, text: string): number {
  const operands = node?.getChildren('Expr') ?? [];
  return operands.map((each) => powerOfTime(each, text)).find((power) => power !== 0) ?? 0;
}

const comparisons = ['Eql', 'Neq', 'Gte', 'Gtr', 'Lte', 'Lss'];

function ofBinary(node: SyntaxNode, text: string): number {
  const [left = 0, right = 0] = node.getChildren('Expr').map((each) => powerOfTime(each, text));
  if (node.getChild('Mul')) return left + right;
  if (node.getChild('Div')) return left - right;
  if (node.getChild('BoolModifier') && comparisons.some((each) => node.getChild(each))) return 0;
  return left === 0 ? right : left;
}
