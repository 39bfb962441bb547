import { linearRegex } from '../../../contract.ts';
import { type ColumnFormat, weightedSum, weightedSumSql } from './built-in-format.ts';

/** GB 32100-2015, 4.2 and annex A: digits and capital letters without I, O, S, V and Z; the sum of all is 0 modulo 31. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = Array.from({ length: 17 }, (_, index) => 3 ** index % 31).concat(1);
const sign = '[0-9A-HJ-NPQRTUWXY]';
/** Authority, kind of organisation, division, organisation, check character. */
const pattern = `${sign}{2}[0-9]{6}${sign}{10}`;
const compiled = linearRegex(pattern);

/** Unified social credit codes (统一社会信用代码). */
export const creditCode: ColumnFormat = {
  condition: (dialect, [text = 'null']) =>
    `(${dialect.matches(text, pattern)} and (${weightedSumSql(dialect, text, { alphabet, weights })}) % 31 = 0)`,
  isValid: ([text = '']) => compiled.matches(text) && weightedSum(text, alphabet, weights) % 31 === 0,
};
