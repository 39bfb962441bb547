import { InputError } from '../../contract.ts';

/** What reading was refused for, one sentence each; empty where it was not. */
export function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
  return [];
}
