import type { FieldValue, RecordExpression, StoredRecord } from '../../scoring/contract.ts';

/** Instants by name of the bound. */
export type Bounds = Readonly<Record<'start' | 'end' | 'cutoff', string>>;

type Value = FieldValue;

const milliseconds = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** Plain reading of the documented meaning of an expression, to compare the SQL with; null = absent. */
export function evaluate(expression: RecordExpression, record: StoredRecord, bounds: Bounds): Value {
  const value = (each: RecordExpression) => evaluate(each, record, bounds);
  const isTrue = (each: RecordExpression) => value(each) === true;
  switch (expression.op) {
    case 'constant':
    case 'code':
      return expression.value;
    case 'field':
      return record.fields[expression.name] ?? null;
    case 'bound':
      return bounds[expression.name];
    case 'faulty':
      return record.fault !== null;
    case 'has':
      return record.fields[expression.field] !== null;
    case 'duration': {
      const [from, to] = [record.fields[expression.from], record.fields[expression.to]];
      if (typeof from !== 'string' || typeof to !== 'string') return null;
      return (Date.parse(to) - Date.parse(from)) / milliseconds[expression.unit];
    }
    case 'not':
      return !isTrue(expression.of);
    case 'and':
      return isTrue(expression.left) && isTrue(expression.right);
    case 'or':
      return isTrue(expression.left) || isTrue(expression.right);
    default:
      return combine(expression.op, value(expression.left), value(expression.right));
  }
}

function combine(op: string, left: Value, right: Value): Value {
  const isArithmetic = '+-*/'.includes(op);
  if (left === null || right === null) return isArithmetic ? null : false;
  const [a, b] = [comparable(left), comparable(right)];
  if (isArithmetic) {
    const [x, y] = [Number(a), Number(b)];
    if (op === '/') return y === 0 ? null : x / y;
    return op === '+' ? x + y : op === '-' ? x - y : x * y;
  }
  if (op === '==') return a === b;
  if (op === '!=') return a !== b;
  return op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b;
}

/** Instants compare by time. */
function comparable(value: NonNullable<Value>): number | string | boolean {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return Date.parse(value);
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
