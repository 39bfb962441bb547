import { functions, isFunctionName, runtime } from './arithmetic.ts';
import { type BinaryOperator, type ExpressionNode, parseExpression, splitSum } from './expression.ts';
import { type ExpressionFault, excerptAt, type Token } from './tokens.ts';

export type { ExpressionFault } from './tokens.ts';

/** A checked and compiled formula. */
export interface Formula {
  readonly text: string;
  /** The names it uses, in the order they are declared to the parser. */
  readonly symbols: readonly string[];
  /** The summands of the outermost sum, signs included; a formula that is no sum is one term. */
  readonly terms: readonly FormulaTerm[];
  /** Values in the order of `symbols`; the result may be NaN or infinite and must be checked by the caller. */
  evaluate(values: readonly number[]): number;
  /** The text with values in place of the names. */
  print(values: Readonly<Record<string, string>>): string;
}

export interface FormulaTerm {
  readonly text: string;
  readonly isNegative: boolean;
  readonly symbols: readonly string[];
  /** With the sign of the term. */
  evaluate(values: readonly number[]): number;
  print(values: Readonly<Record<string, string>>): string;
}

export type FormulaCheck =
  | { readonly formula: Formula; readonly faults: readonly [] }
  | { readonly formula: null; readonly faults: readonly ExpressionFault[] };

type ValueType = 'number' | 'boolean';

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

function typeOf(node: ExpressionNode): ValueType {
  if (node.kind === 'choice') return typeOf(node.yes);
  if (node.kind === 'prefix') return node.operator === 'not' ? 'boolean' : 'number';
  if (node.kind !== 'binary') return 'number';
  return node.operator === 'and' || node.operator === 'or' || comparisons.has(node.operator)
    ? 'boolean'
    : 'number';
}

/** Faults of names, argument counts and types below `node`, which must be of the type wanted. */
function checkNode(node: ExpressionNode, wanted: ValueType, symbols: ReadonlySet<string>): ExpressionFault[] {
  const found = typeOf(node);
  const own: ExpressionFault[] = [];
  if (found !== wanted) {
    const message =
      wanted === 'number'
        ? 'a number is needed here, this is a condition'
        : 'a condition is needed here, this is a number';
    own.push({ column: node.column, message });
  }
  const below = (child: ExpressionNode, type: ValueType) => checkNode(child, type, symbols);
  if (node.kind === 'name' && !symbols.has(node.name)) {
    const known = [...symbols].slice(0, 40).join(', ') || 'none';
    own.push({ column: node.column, message: `unknown name "${excerptAt(node.name, 1)}"; known: ${known}` });
  }
  if (node.kind === 'call') {
    own.push(...arityFaults(node.name, node.args.length, node.column));
    return [...own, ...node.args.flatMap((arg) => below(arg, 'number'))];
  }
  if (node.kind === 'prefix')
    return [...own, ...below(node.of, node.operator === 'not' ? 'boolean' : 'number')];
  if (node.kind === 'choice') {
    return [...own, ...below(node.test, 'boolean'), ...below(node.yes, found), ...below(node.no, found)];
  }
  if (node.kind === 'binary') {
    const operandType = node.operator === 'and' || node.operator === 'or' ? 'boolean' : 'number';
    return [...own, ...below(node.left, operandType), ...below(node.right, operandType)];
  }
  return own;
}

function arityFaults(name: string, count: number, column: number): ExpressionFault[] {
  if (!isFunctionName(name)) return [{ column, message: `unknown function "${name}"` }];
  const [least, most] = functions[name].arity;
  if (count >= least && count <= most) return [];
  const range = least === most ? `${least}` : `${least} to ${most}`;
  return [{ column, message: `${name} takes ${range} argument${most === 1 ? '' : 's'}, not ${count}` }];
}

const infix: Readonly<Record<Exclude<BinaryOperator, '==' | '!=' | '<' | '<=' | '>' | '>='>, string>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '^': '**',
  and: '&&',
  or: '||',
};

/** Source text made of our own tokens only: numbers as printed by the runtime, `v[i]`, operators and known calls. */
function generate(node: ExpressionNode, symbols: readonly string[]): string {
  const write = (child: ExpressionNode) => generate(child, symbols);
  switch (node.kind) {
    case 'number':
      return `(${String(node.value)})`;
    case 'name':
      return `v[${symbols.indexOf(node.name)}]`;
    case 'call':
      return `r.${node.name}(${node.args.map(write).join(',')})`;
    case 'prefix':
      return `(${node.operator === 'not' ? '!' : node.operator}${write(node.of)})`;
    case 'choice':
      return `(${write(node.test)}?${write(node.yes)}:${write(node.no)})`;
    case 'binary': {
      const [left, right] = [write(node.left), write(node.right)];
      if (node.operator === '==') return `r.isNearlyEqual(${left},${right})`;
      if (node.operator === '!=') return `(!r.isNearlyEqual(${left},${right}))`;
      if (node.operator === '<') return `r.isBelow(${left},${right})`;
      if (node.operator === '>') return `r.isBelow(${right},${left})`;
      if (node.operator === '>=') return `r.isAtLeast(${left},${right})`;
      if (node.operator === '<=') return `r.isAtLeast(${right},${left})`;
      return `(${left}${infix[node.operator]}${right})`;
    }
  }
}

function compile(tree: ExpressionNode, symbols: readonly string[]): (values: readonly number[]) => number {
  const make = new Function('r', `"use strict";return function(v){return +${generate(tree, symbols)};};`);
  return make(runtime) as (values: readonly number[]) => number;
}

function namesIn(tokens: readonly Token[], symbols: readonly string[]): string[] {
  const used = new Set(tokens.map((token) => token.text));
  return symbols.filter((symbol) => used.has(symbol));
}

function printTokens(
  text: string,
  tokens: readonly Token[],
  values: Readonly<Record<string, string>>,
): string {
  let at = 0;
  let printed = '';
  for (const token of tokens) {
    const value = token.kind === 'name' && Object.hasOwn(values, token.text) ? values[token.text] : undefined;
    if (value === undefined) continue;
    printed += text.slice(at, token.column - 1) + (value.startsWith('-') ? `(${value})` : value);
    at = token.column - 1 + token.text.length;
  }
  return (printed + text.slice(at)).replace(/\s+/g, ' ').trim();
}

/** Finds a part without names whose value is no finite number, `9 ^ 9 ^ 9` or `1 / 0`. */
function constantFaults(node: ExpressionNode): ExpressionFault[] {
  if (hasName(node)) return childrenOf(node).flatMap(constantFaults);
  if (Number.isFinite(compile(node, [])([]))) return [];
  return [{ column: node.column, message: 'this constant part has no finite value' }];
}

function childrenOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case 'call':
      return node.args;
    case 'prefix':
      return [node.of];
    case 'binary':
      return [node.left, node.right];
    case 'choice':
      return [node.test, node.yes, node.no];
    default:
      return [];
  }
}

function hasName(node: ExpressionNode): boolean {
  return node.kind === 'name' || childrenOf(node).some(hasName);
}

/** Parses, checks and compiles one formula over the names given; `result` says what it must yield (a condition is 1 or 0). */
export function parseFormula(
  text: string,
  symbols: readonly string[],
  result: ValueType = 'number',
): FormulaCheck {
  const parsed = parseExpression(text, isFunctionName);
  if (!parsed.tree) return { formula: null, faults: parsed.faults };
  const faults = checkNode(parsed.tree, result, new Set(symbols));
  const all = faults.length > 0 ? faults : constantFaults(parsed.tree);
  if (all.length > 0) return { formula: null, faults: all };
  const used = namesIn(parsed.tokens, symbols);
  const formula: Formula = {
    text: text.replace(/\s+/g, ' ').trim(),
    symbols: used,
    terms: splitSum(text, parsed.tokens).map((part) => makeTerm(part, used)),
    evaluate: compile(parsed.tree, used),
    print: (values) => printTokens(text, parsed.tokens, values),
  };
  return { formula, faults: [] };
}

function makeTerm(part: { text: string; isNegative: boolean }, symbols: readonly string[]): FormulaTerm {
  const parsed = parseExpression(part.text, isFunctionName);
  if (!parsed.tree) throw new Error(`term "${part.text}" does not parse alone`);
  const run = compile(parsed.tree, symbols);
  return {
    ...part,
    symbols: namesIn(parsed.tokens, symbols),
    evaluate: part.isNegative ? (values) => -run(values) : run,
    print: (values) => printTokens(part.text, parsed.tokens, values),
  };
}
