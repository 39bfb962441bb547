import type { RecordExpression } from '../../scoring/contract.ts';

export type Operator = Extract<RecordExpression, { left: RecordExpression }>['op'];

export const truth: RecordExpression = { op: 'constant', value: true };

export const field = (name: string): RecordExpression => ({ op: 'field', name });
export const code = (value: string): RecordExpression => ({ op: 'code', value });
export const number = (value: number): RecordExpression => ({ op: 'constant', value });
export const bound = (name: 'start' | 'end' | 'cutoff'): RecordExpression => ({ op: 'bound', name });
export const has = (name: string): RecordExpression => ({ op: 'has', field: name });
export const not = (of: RecordExpression): RecordExpression => ({ op: 'not', of });
export const binary = (op: Operator, left: RecordExpression, right: RecordExpression): RecordExpression => ({
  op,
  left,
  right,
});
export const hours = (from: string, to: string): RecordExpression => ({
  op: 'duration',
  unit: 'hour',
  from,
  to,
});

export const closedByCutoff = binary('<=', field('closed'), bound('cutoff'));
