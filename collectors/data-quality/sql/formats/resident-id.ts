import { linearRegex } from '../../../contract.ts';
import { timeLayout } from '../time-formats.ts';
import { type ColumnFormat, weightedSum, weightedSumSql } from './built-in-format.ts';
import { provinces } from './provinces.ts';

/** GB 11643-1999, 4.2 (ISO 7064 MOD 11-2): the weighted sum of all eighteen is 1 modulo 11, X being 10. */
const alphabet = '0123456789X';
const weights = Array.from({ length: 18 }, (_, index) => 2 ** (17 - index) % 11);
/** 83 stands in residence permits of people from Taiwan. */
const pattern = `(?:${provinces}|83)[0-9]{4}${timeLayout('yyyyMMdd').regex}[0-9]{3}[0-9Xx]`;
const compiled = linearRegex(pattern);
const [birthFrom, birthLength] = [7, 8];

/** Citizens' identity numbers (公民身份号码) of eighteen characters, whose birthday is a real one and not to come. */
export const residentId: ColumnFormat = {
  condition(dialect, [text = 'null'], { today }) {
    const last = dialect.substring(text, 18, 1);
    const body = weightedSumSql(dialect, text, { alphabet, weights: weights.slice(0, 17) });
    const check = `case when ${last} in ('X', 'x') then 10 else ${dialect.position(dialect.literal(alphabet), last)} - 1 end`;
    return `(${dialect.matches(text, pattern)} and ${dialect.substring(text, birthFrom, birthLength)} <= ${dialect.literal(today)} and (${body} + ${check}) % 11 = 1)`;
  },
  isValid: ([text = ''], { today }) =>
    compiled.matches(text) &&
    text.slice(birthFrom - 1, birthFrom - 1 + birthLength) <= today &&
    weightedSum(text.toUpperCase(), alphabet, weights) % 11 === 1,
};
