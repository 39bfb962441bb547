import { linearRegex } from '../../../contract.ts';
import type { ColumnFormat } from './built-in-format.ts';
import { provinces } from './provinces.ts';

/**
 * Administrative division codes (GB/T 2260): six digits, a county below a prefecture; nine digits with the township and
 * twelve with the village (statistics codes, GB/T 10114).
 */
const pattern = `${provinces}(?:0000|(?:0[1-9]|[1-9][0-9])[0-9]{2})(?:[0-9]{3}(?:[0-9]{3})?)?`;
const compiled = linearRegex(pattern);

export const divisionCode: ColumnFormat = {
  condition: (dialect, [text = 'null']) => dialect.matches(text, pattern),
  isValid: ([text = '']) => compiled.matches(text),
};
