import { type FieldType, type RecordExpression, type RecordKind, recordKindSpecs } from '../contract.ts';
import { type BinaryOperator, type ExpressionNode, parseExpression } from './expression.ts';
import { type ExpressionFault, excerptAt } from './tokens.ts';

/** Instants are not calculated with but by `hours`, `days` and `weeks`; a text field is good for `has` alone. */
type RecordValueType = 'number' | 'boolean' | 'instant' | 'code' | 'text' | 'list';

export interface RecordExpressionOptions {
  readonly kind: RecordKind;
  /** `boolean` for a condition, `number` for what is averaged. */
  readonly result: 'number' | 'boolean';
  /** Whether `faulty` may be used: only where the population keeps faulty records. */
  readonly allowsFaulty: boolean;
}

export type RecordExpressionCheck =
  | { readonly expression: RecordExpression; readonly faults: readonly [] }
  | { readonly expression: null; readonly faults: readonly ExpressionFault[] };

const durations = { hours: 'hour', days: 'day', weeks: 'week' } as const;
const bounds = ['start', 'end', 'cutoff'] as const;

const typeOfField: Readonly<Record<FieldType, RecordValueType>> = {
  text: 'text',
  code: 'code',
  instant: 'instant',
  number: 'number',
  integer: 'number',
  ratio: 'number',
  boolean: 'boolean',
  list: 'list',
};

interface Typed {
  readonly expression: RecordExpression;
  readonly type: RecordValueType;
}

class Refusal extends Error {
  readonly column: number;
  constructor(column: number, message: string) {
    super(message);
    this.column = column;
  }
}

function isDurationName(name: string): name is keyof typeof durations {
  return Object.hasOwn(durations, name);
}

function isRecordFunction(name: string): boolean {
  return name === 'has' || isDurationName(name);
}

/** Parses and type-checks a condition or a number over the fields of one kind of record. */
export function parseRecordExpression(text: string, options: RecordExpressionOptions): RecordExpressionCheck {
  const parsed = parseExpression(text, isRecordFunction);
  if (!parsed.tree) return { expression: null, faults: parsed.faults };
  try {
    const { expression, type } = new RecordTyper(options).read(parsed.tree);
    if (type === options.result) return { expression, faults: [] };
    const message = `a ${options.result === 'boolean' ? 'condition' : 'number'} is needed, this is ${article(type)}`;
    return { expression: null, faults: [{ column: parsed.tree.column, message }] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { expression: null, faults: [{ column: error.column, message: error.message }] };
  }
}

function article(type: RecordValueType): string {
  return type === 'instant' ? 'an instant' : type === 'boolean' ? 'a condition' : `a ${type}`;
}

class RecordTyper {
  readonly #options: RecordExpressionOptions;

  constructor(options: RecordExpressionOptions) {
    this.#options = options;
  }

  read(node: ExpressionNode): Typed {
    switch (node.kind) {
      case 'number':
        return { expression: { op: 'constant', value: node.value }, type: 'number' };
      case 'name':
        return this.#readName(node.name, node.column);
      case 'call':
        return this.#readCall(node);
      case 'prefix':
        return this.#readPrefix(node);
      case 'binary':
        return this.#readBinary(node);
      case 'choice':
        throw new Refusal(
          node.column,
          '"? :" is not part of record conditions; join conditions with "and", "or"',
        );
    }
  }

  #field(name: string): RecordValueType | null {
    const { fields } = recordKindSpecs[this.#options.kind];
    const spec = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return spec ? typeOfField[spec.type] : null;
  }

  #readName(name: string, column: number): Typed {
    const type = this.#field(name);
    if (type) return { expression: { op: 'field', name }, type };
    if (name === 'true' || name === 'false') {
      return { expression: { op: 'constant', value: name === 'true' }, type: 'boolean' };
    }
    if (name === 'faulty') {
      if (!this.#options.allowsFaulty) {
        throw new Refusal(column, '"faulty" needs "population: withFaulty" in the measure');
      }
      return { expression: { op: 'faulty' }, type: 'boolean' };
    }
    const bound = bounds.find((each) => each === name);
    if (bound) return { expression: { op: 'bound', name: bound }, type: 'instant' };
    const known = Object.keys(recordKindSpecs[this.#options.kind].fields).join(', ');
    throw new Refusal(
      column,
      `unknown field "${excerptAt(name, 1)}" of ${this.#options.kind}; known: ${known}`,
    );
  }

  #readCall(node: ExpressionNode & { kind: 'call' }): Typed {
    const wanted = node.name === 'has' ? 1 : 2;
    if (node.args.length !== wanted) {
      throw new Refusal(
        node.column,
        `${node.name} takes ${wanted} field${wanted > 1 ? 's' : ''}, not ${node.args.length}`,
      );
    }
    const names = node.args.map((arg) => {
      if (arg.kind !== 'name' || !this.#field(arg.name)) {
        throw new Refusal(arg.column, `${node.name} takes the name of a field of ${this.#options.kind}`);
      }
      if (node.name !== 'has' && this.#field(arg.name) !== 'instant') {
        throw new Refusal(
          arg.column,
          `"${arg.name}" is no instant; ${node.name} is the time between two instants`,
        );
      }
      return arg.name;
    });
    const [first = '', second = ''] = names;
    if (!isDurationName(node.name)) return { expression: { op: 'has', field: first }, type: 'boolean' };
    return {
      expression: { op: 'duration', unit: durations[node.name], from: first, to: second },
      type: 'number',
    };
  }

  #readPrefix(node: ExpressionNode & { kind: 'prefix' }): Typed {
    const operand = this.read(node.of);
    const wanted = node.operator === 'not' ? 'boolean' : 'number';
    if (operand.type !== wanted) {
      const hint = node.operator === 'not' ? '; put the comparison that "not" denies in parentheses' : '';
      throw new Refusal(node.column, `"${node.operator}" stands before ${article(operand.type)}${hint}`);
    }
    if (node.operator === '+') return operand;
    if (node.operator === 'not')
      return { expression: { op: 'not', of: operand.expression }, type: 'boolean' };
    const zero: RecordExpression = { op: 'constant', value: 0 };
    return { expression: { op: '-', left: zero, right: operand.expression }, type: 'number' };
  }

  /** A bare code counts only opposite a code field, where it wins over a field of the same name. */
  #readOperand(node: ExpressionNode, opposite: ExpressionNode, operator: BinaryOperator): Typed {
    const isEquality = operator === '==' || operator === '!=';
    if (!isEquality || node.kind !== 'name' || opposite.kind !== 'name') return this.read(node);
    const spec = recordKindSpecs[this.#options.kind].fields[opposite.name];
    if (spec?.type !== 'code') return this.read(node);
    if (spec.codes?.includes(node.name)) {
      return { expression: { op: 'code', value: node.name }, type: 'code' };
    }
    if (this.#field(node.name) === 'code') return this.read(node);
    const message = `"${excerptAt(node.name, 1)}" is no code of ${opposite.name}; codes: ${spec.codes?.join(', ')}`;
    throw new Refusal(node.column, message);
  }

  #readBinary(node: ExpressionNode & { kind: 'binary' }): Typed {
    const { operator } = node;
    if (operator === '^') throw new Refusal(node.column, '"^" is not part of record conditions');
    const left = this.#readOperand(node.left, node.right, operator);
    const right = this.#readOperand(node.right, node.left, operator);
    const type = resultType(operator, left.type, right.type);
    if (!type) {
      throw new Refusal(
        node.column,
        `"${operator}" cannot join ${article(left.type)} and ${article(right.type)}`,
      );
    }
    return { expression: { op: operator, left: left.expression, right: right.expression }, type };
  }
}

function resultType(
  operator: BinaryOperator,
  left: RecordValueType,
  right: RecordValueType,
): 'number' | 'boolean' | null {
  if (left !== right) return null;
  if (operator === 'and' || operator === 'or') return left === 'boolean' ? 'boolean' : null;
  if (operator === '==' || operator === '!=') return left === 'text' || left === 'list' ? null : 'boolean';
  if (['<', '<=', '>', '>='].includes(operator)) {
    return left === 'number' || left === 'instant' ? 'boolean' : null;
  }
  return left === 'number' ? 'number' : null;
}
