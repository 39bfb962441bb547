import { type Request, urlencoded } from 'express';
import { InputError } from '../../scoring/contract.ts';

/** Reads the fields of a posted form. */
export const readForm = urlencoded({ extended: false, limit: '64kb' });

/** These fields of the form, trimmed; absent ones are empty. */
export function valuesOf<Field extends string>(
  request: Request,
  fields: readonly Field[],
): Record<Field, string> {
  const read = (name: Field) => {
    const value: unknown = request.body?.[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim() : '';
  };
  return Object.fromEntries(fields.map((name) => [name, read(name)])) as Record<Field, string>;
}

/** Runs a change; what the register refuses becomes faults of the form. */
export async function faultsOf(change: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await change();
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}
