import { InputError } from '../../contract.ts';

/** A text between two quotes, the quotes within doubled: the SQL standard's names and literals. No engine takes a NUL. */
export function quoted(text: string, quote: string): string {
  if (text.includes('\0'))
    throw new InputError(
      `${JSON.stringify(text)} holds a NUL character, which SQL cannot write: take it out`,
    );
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
}
