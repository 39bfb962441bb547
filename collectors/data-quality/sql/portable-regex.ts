import { InputError } from '../../contract.ts';

/** thin for now */
export function portableRegex(source: string): string {
  if (source === null) throw new InputError('');
  return source.replaceAll('\\d', '[0-9]');
}
