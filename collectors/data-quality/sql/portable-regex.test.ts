import assert from 'node:assert/strict';
import { InputError } from '../../contract.ts';
import { portableRegex } from './portable-regex.ts';

const refusals: readonly (readonly [string, RegExp])[] = [
  ['a*?', /lazy and possessive/],
  ['a++', /lazy and possessive/],
  ['(?=a)b', /look-around/],
  ['(?<!a)b', /look-around/],
  ['(?<name>a)', /look-around, a name or a flag/],
  ['(?i)a', /look-around, a name or a flag/],
  ['(a)\\1', /refers back/],
  ['\\p{Han}+', /means something else on each engine/],
  ['\\bword', /means something else on each engine/],
  ['[[:alpha:]]', /\[ in a class/],
  ['[z-a]', /the range z-a runs backwards/],
  ['[a-\\d]', /a range that ends with a class/],
  ['[]', /an empty class/],
  ['[ab', /a \[ without its \]/],
  ['(ab', /a \( without its \)/],
  ['ab)', /a \) without its \(/],
  ['a^b', /\^ within/],
  ['(a$)b', /\$ within/],
  ['*a', /nothing before \*/],
  ['a{256}', /up to 255/],
  ['a{3,2}', /the smaller number first/],
  ['a{x}', /\{ without numbers/],
  ['a}', /\} alone/],
  ['a\\', /ends with \\/],
  ['((a{200}){200}){200}', /repe/],
  ['a'.repeat(1001), /longer than 1000 characters/],
];

describe('a portable pattern', () => {
  it('is rewritten so that every engine reads it alike', () => {
    assert.deepEqual(
      ['^\\d{3}-[\\w.]+$', 'a|^b$|', '\\S[^\\d]', '[a-]', '桥?', '\\t\\.', '(a|b)+'].map(portableRegex),
      [
        '[0-9]{3}-[0-9A-Za-z_.]+',
        '(?:a|b|)',
        '[^ \t\n\r\f\v][^0-9]',
        '[a\\-]',
        '桥?',
        '\t\\.',
        '(?:(?:a|b))+',
      ],
    );
  });

  for (const [pattern, reason] of refusals) {
    it(`refuses ${pattern.slice(0, 30)} with the reason`, () => {
      assert.throws(
        () => portableRegex(pattern),
        (error) => error instanceof InputError && reason.test(error.message) && error.zh !== null,
      );
    });
  }
});
