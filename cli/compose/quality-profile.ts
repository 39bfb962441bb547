import { InputError } from '../../collectors/contract.ts';
import type { CommandContext } from '../context.ts';

export interface ProfileOrder {
  /** A file, an id of `checks`, or with `driver` the id to propose. */
  readonly source?: string | undefined;
  readonly checks?: string;
  readonly driver?: string;
  readonly urlEnv?: string;
  readonly table?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** Where the check file will be; its paths are seen from there. */
  readonly out: string | null;
}

export async function proposeChecks(
  _context: CommandContext,
  _order: ProfileOrder,
): Promise<{ readonly yaml: string; readonly profile: unknown }> {
  throw new InputError('not yet');
}
