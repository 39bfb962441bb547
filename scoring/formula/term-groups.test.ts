import assert from 'node:assert/strict';
import { parseFormula } from './formula.ts';
import { groupTerms } from './term-groups.ts';

function groupsOf(text: string): [string[], string, number][] {
  const { formula } = parseFormula(text, ['a', 'b', 'c']);
  if (!formula) throw new Error(`${text} does not parse`);
  const values = [0.5, 0.25, 4].slice(0, formula.symbols.length);
  return groupTerms(formula).map((group) => [[...group.symbols], group.text, group.evaluate(values)]);
}

describe('groupTerms', () => {
  it('makes one group per child of a sum', () => {
    assert.deepEqual(groupsOf('60*a + 40*b'), [
      [['a'], '60*a', 30],
      [['b'], '40*b', 10],
    ]);
  });

  it('keeps several terms of one child together', () => {
    assert.deepEqual(groupsOf('60*a + 30*b - 20*a^2'), [
      [['a'], '60*a - 20*a^2', 25],
      [['b'], '30*b', 7.5],
    ]);
  });

  it('keeps children that share a term together', () => {
    assert.deepEqual(groupsOf('60*a*b + 40*c'), [
      [['a', 'b'], '60*a*b', 7.5],
      [['c'], '40*c', 160],
    ]);
  });

  it('gives a constant to the only child', () => {
    assert.deepEqual(groupsOf('100 - 40*a'), [[['a'], '100 - 40*a', 80]]);
  });

  it('ties several children together by a constant that belongs to none', () => {
    assert.deepEqual(groupsOf('100 - 40*a - 60*b'), [[['a', 'b'], '100 - 40*a - 60*b', 65]]);
  });
});
