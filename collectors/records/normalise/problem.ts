import type { Text } from '../../contract.ts';

/** Why a cell cannot become the field's value. */
export interface Problem {
  /** The record is kept with the field unknown and this as its fault; otherwise the row is rejected. */
  readonly isFault: boolean;
  readonly reason: Text;
}

export function rejected(zh: string, en: string): Problem {
  return { isFault: false, reason: { zh, en } };
}

export function faulty(zh: string, en: string): Problem {
  return { isFault: true, reason: { zh, en } };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'isFault' in value;
}
