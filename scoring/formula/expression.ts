import type { MathNode } from 'mathjs';
import { parse } from 'mathjs/number';
import { type ExpressionFault, isPrefix, scanExpression, type Token } from './tokens.ts';

const binaryOperators = ['+', '-', '*', '/', '^', '==', '!=', '<', '<=', '>', '>=', 'and', 'or'] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

/** The checked tree: nothing but these nodes leaves the parser, whatever mathjs would understand beside them. */
export type ExpressionNode = { readonly column: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly ExpressionNode[] }
  | { readonly kind: 'prefix'; readonly operator: '-' | '+' | 'not'; readonly of: ExpressionNode }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    }
  | {
      readonly kind: 'choice';
      readonly test: ExpressionNode;
      readonly yes: ExpressionNode;
      readonly no: ExpressionNode;
    }
);

export type ParsedExpression =
  | { readonly tree: ExpressionNode; readonly tokens: readonly Token[]; readonly faults: readonly [] }
  | { readonly tree: null; readonly tokens: readonly Token[]; readonly faults: readonly ExpressionFault[] };

/** Words that mathjs reads as operators or constants of its own; no child may be called so. */
export const reservedWords: readonly string[] = [
  'and',
  'or',
  'not',
  'xor',
  'mod',
  'to',
  'in',
  'true',
  'false',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  'end',
];

class Refusal extends Error {
  readonly column: number;
  constructor(column: number, message: string) {
    super(message);
    this.column = column;
  }
}

function isBinaryOperator(text: string): text is BinaryOperator {
  return binaryOperators.some((operator) => operator === text);
}

/** What mathjs reads beside our language, in the words of who writes a formula. */
const unknownParts: Readonly<Record<string, string>> = {
  RangeNode: 'a range a:b is not part of the formula language; write each number',
  ArrayNode: 'a list or matrix is not part of the formula language; write each number',
  IndexNode: 'an index is not part of the formula language; write a child by its id alone',
  AccessorNode: 'member access is not part of the formula language; write a child by its id alone',
  ObjectNode: 'an object is not part of the formula language; write numbers',
  AssignmentNode: 'an assignment is not part of the formula language; compare with "=="',
  FunctionAssignmentNode: 'a function of your own is not part of the formula language; write its expression',
  BlockNode: 'only one expression is allowed; remove what separates the others',
};

/** Turns mathjs's tree into ours; leaves are met in the order of the text, which gives each node its column. */
function convert(node: MathNode, operands: Token[]): ExpressionNode {
  const nextOperand = () => operands.shift();
  const next = () => nextOperand()?.column ?? 1;
  const refuse = (column: number, what: string): never => {
    throw new Refusal(column, `${what} is not part of the formula language`);
  };
  if ('content' in node) return convert(node.content as MathNode, operands);
  if (node.type === 'ConstantNode' && 'value' in node) {
    const operand = nextOperand();
    const column = operand?.column ?? 1;
    if (typeof node.value === 'boolean') return { kind: 'name', name: String(node.value), column };
    if (typeof node.value !== 'number') return refuse(column, `the constant "${String(node.value)}"`);
    if (operand?.kind === 'name') {
      const remedy = 'only finite numbers written in digits are part of the formula language';
      throw new Refusal(column, `"${operand.text}" is not allowed; ${remedy}`);
    }
    if (!Number.isFinite(node.value)) throw new Refusal(column, 'the number is too large');
    return { kind: 'number', value: node.value, column };
  }
  if (node.type === 'SymbolNode' && 'name' in node) {
    return { kind: 'name', name: String(node.name), column: next() };
  }
  if (node.type === 'FunctionNode' && 'fn' in node && 'args' in node) {
    const column = next();
    const name = (node.fn as unknown as { name?: string }).name ?? '';
    return {
      kind: 'call',
      name,
      args: (node.args as MathNode[]).map((arg) => convert(arg, operands)),
      column,
    };
  }
  if (node.type === 'ConditionalNode' && 'condition' in node) {
    const parts = node as unknown as { condition: MathNode; trueExpr: MathNode; falseExpr: MathNode };
    const test = convert(parts.condition, operands);
    const yes = convert(parts.trueExpr, operands);
    return { kind: 'choice', test, yes, no: convert(parts.falseExpr, operands), column: test.column };
  }
  if (node.type === 'OperatorNode' && 'op' in node && 'args' in node) {
    const [first, second] = node.args as MathNode[] as [MathNode, MathNode | undefined];
    const operator = String(node.op);
    const left = convert(first, operands);
    if (!second) {
      if (operator !== '-' && operator !== '+' && operator !== 'not')
        return refuse(left.column, `"${operator}"`);
      return { kind: 'prefix', operator, of: left, column: left.column };
    }
    if (!isBinaryOperator(operator)) return refuse(left.column, `"${operator}"`);
    return { kind: 'binary', operator, left, right: convert(second, operands), column: left.column };
  }
  if (node.type === 'RelationalNode') {
    throw new Refusal(operands[0]?.column ?? 1, 'a comparison may not be chained; join two with "and"');
  }
  throw new Refusal(
    operands[0]?.column ?? 1,
    unknownParts[node.type] ?? 'this is not part of the formula language',
  );
}

/** Parses a text of the formula language, before names and types are looked at. */
export function parseExpression(text: string, isFunction: (name: string) => boolean): ParsedExpression {
  const { tokens, faults } = scanExpression(text, isFunction);
  if (faults.length > 0) return { tree: null, tokens, faults };
  const operands = tokens.filter(
    (token) =>
      token.kind === 'number' || (token.kind === 'name' && !['and', 'or', 'not'].includes(token.text)),
  );
  try {
    const tree = convert(parse(text.replace(/\s/g, ' ')), [...operands]);
    return { tree, tokens, faults: [] };
  } catch (error) {
    if (error instanceof Refusal) {
      return { tree: null, tokens, faults: [{ column: error.column, message: error.message }] };
    }
    if (error instanceof SyntaxError) {
      const column = 'char' in error && typeof error.char === 'number' ? error.char : 1;
      const message = error.message.replace(/ \(char \d+\)$/, '');
      return { tree: null, tokens, faults: [{ column: Math.min(column, text.length), message }] };
    }
    throw error;
  }
}

/** The texts between the plus and minus signs of the outermost sum; one text when the expression is no sum. */
export function splitSum(text: string, tokens: readonly Token[]): { text: string; isNegative: boolean }[] {
  let depth = 0;
  const cuts: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth > 0) continue;
    if (['?', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'not'].includes(token.text)) {
      return [{ text: text.trim(), isNegative: false }];
    }
    if ((token.text === '+' || token.text === '-') && !isPrefix(tokens, index)) cuts.push(token);
  }
  const starts = [0, ...cuts.map((cut) => cut.column)];
  return starts.map((start, index) => ({
    text: text.slice(start, cuts[index] ? cuts[index].column - 1 : undefined).trim(),
    isNegative: index > 0 && cuts[index - 1]?.text === '-',
  }));
}
