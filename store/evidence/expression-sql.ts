import { type RawBuilder, sql } from 'kysely';
import type { RecordKind } from '../../collectors/contract.ts';
import type { RecordExpression } from '../../scoring/contract.ts';
import { requireColumn } from '../schema/record-columns.ts';

/** What an expression is read against. */
export interface ExpressionScope {
  readonly kind: RecordKind;
  readonly bounds: Readonly<Record<'start' | 'end' | 'cutoff', string>>;
}

type Sql = RawBuilder<unknown>;
type Binary = Extract<RecordExpression, { left: RecordExpression }>;

const secondsOf = { hour: 3600, day: 86_400, week: 604_800 } as const;

const comparisons: Readonly<Record<string, Sql>> = {
  '==': sql`=`,
  '!=': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};
const arithmetic: Readonly<Record<string, Sql>> = { '+': sql`+`, '-': sql`-`, '*': sql`*` };

/**
 * SQL of an expression. Values become parameters and field names are looked up in the kind, so no text of a model
 * reaches the database as SQL. A condition may come out as null, which every place that counts takes for false; where
 * that would show (below `not`, as a side of a comparison) it is made false here.
 */
export function compileExpression(expression: RecordExpression, scope: ExpressionScope): Sql {
  switch (expression.op) {
    case 'constant':
      return typeof expression.value === 'boolean'
        ? sql`${expression.value}::boolean`
        : sql`${expression.value}::double precision`;
    case 'field':
      return compileField(expression.name, scope);
    case 'code':
      return sql`${expression.value}::text`;
    case 'bound':
      return sql`${scope.bounds[expression.name]}::timestamptz`;
    case 'faulty':
      return sql`(fault is not null)`;
    case 'has':
      return sql`(${columnRef(expression.field, scope)} is not null)`;
    case 'duration':
      return sql`(date_part('epoch', ${compileSpan(expression, scope)}) / ${sql.lit(secondsOf[expression.unit])})`;
    case 'not':
      return sql`(not ${certain(expression.of, scope)})`;
    default:
      return compileBinary(expression, scope);
  }
}

/** The time between two instants as an SQL interval, which sums without rounding. */
export function compileSpan(
  { from, to }: Extract<RecordExpression, { op: 'duration' }>,
  scope: ExpressionScope,
): Sql {
  return sql`(${columnRef(to, scope)} - ${columnRef(from, scope)})`;
}

export function secondsPer(unit: keyof typeof secondsOf): number {
  return secondsOf[unit];
}

function columnRef(field: string, scope: ExpressionScope): Sql {
  return sql.ref(requireColumn(scope.kind, field).column);
}

function compileField(field: string, scope: ExpressionScope): Sql {
  const { type } = requireColumn(scope.kind, field);
  const column = columnRef(field, scope);
  return type === 'integer' ? sql`${column}::double precision` : column;
}

function compileBinary({ op, left, right }: Binary, scope: ExpressionScope): Sql {
  if (op === 'and' || op === 'or') {
    const [a, b] = [compileExpression(left, scope), compileExpression(right, scope)];
    return op === 'and' ? sql`(${a} and ${b})` : sql`(${a} or ${b})`;
  }
  if (op === '/') {
    // Division by zero has no value, like an absent field.
    return sql`(${compileExpression(left, scope)} / nullif(${compileExpression(right, scope)}, 0))`;
  }
  const sign = comparisons[op] ?? arithmetic[op];
  if (!sign) throw new RangeError(`unknown operator "${op}"`);
  return sql`(${side(left, scope)} ${sign} ${side(right, scope)})`;
}

function side(expression: RecordExpression, scope: ExpressionScope): Sql {
  return isCondition(expression) ? certain(expression, scope) : compileExpression(expression, scope);
}

/** A condition that is never null. */
function certain(expression: RecordExpression, scope: ExpressionScope): Sql {
  return sql`coalesce(${compileExpression(expression, scope)}, false)`;
}

function isCondition({ op }: RecordExpression): boolean {
  return op in comparisons || op === 'and' || op === 'or' || op === 'not' || op === 'has' || op === 'faulty';
}
