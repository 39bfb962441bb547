import { linearRegex } from '../../../contract.ts';
import type { ColumnFormat } from './built-in-format.ts';

/** Mobile numbers of the mainland: eleven digits from 13 to 19, with +86 or 86 before them or without. */
const pattern = '(?:\\+?86)?1[3-9][0-9]{9}';
const compiled = linearRegex(pattern);

export const mobile: ColumnFormat = {
  condition: (dialect, [text = 'null']) => dialect.matches(text, pattern),
  isValid: ([text = '']) => compiled.matches(text),
};
