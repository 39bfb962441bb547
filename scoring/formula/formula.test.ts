import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate, isComplex, type MathNode, parse } from 'mathjs';
import { parseFormula } from './formula.ts';

const symbols = ['a', 'b', 'T1'];

/** Numbers where rounding, ties, signs and division go wrong most easily. */
const awkward = fc.constantFrom(
  0,
  -0,
  0.5,
  1.5,
  2.5,
  -0.5,
  -1.5,
  -2.5,
  2.9999999999999996,
  3.0000000000000004,
  1e-13,
);
const value = fc.oneof(
  awkward,
  fc.integer({ min: -40, max: 40 }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.integer({ min: -400, max: 400 }).map((n) => n / 8),
);
const literal = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.constantFrom(0.1, 0.25, 0.5, 1.15, 2.5, 1e-12, 1e9),
);

interface Texts {
  number: string;
  condition: string;
}

const texts = fc.letrec<Texts>((tie) => {
  const one = tie('number');
  const call = (name: string, least: number, most: number) =>
    fc.array(one, { minLength: least, maxLength: most }).map((args) => `${name}(${args.join(', ')})`);
  const two = fc.tuple(one, one);
  return {
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(literal.map(String), fc.constantFrom(...symbols)),
      two.chain(([x, y]) => fc.constantFrom('+', '-', '*', '/', '^').map((op) => `(${x}) ${op} (${y})`)),
      two.chain(([x, y]) => fc.constantFrom('+', '-', '*').map((op) => `${x} ${op} ${y}`)),
      one.map((x) => `-${x}`),
      fc
        .constantFrom('abs', 'floor', 'ceil', 'round', 'sqrt', 'exp', 'log')
        .chain((name) => call(name, 1, 1)),
      fc.constantFrom('min', 'max', 'sum', 'mean').chain((name) => call(name, 1, 4)),
      call('log', 2, 2),
      fc.tuple(tie('condition'), one, one).map(([test, x, y]) => `((${test}) ? (${x}) : (${y}))`),
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      two.chain(([x, y]) =>
        fc.constantFrom('==', '!=', '<', '<=', '>', '>=').map((op) => `(${x}) ${op} (${y})`),
      ),
      fc
        .tuple(tie('condition'), tie('condition'))
        .chain(([x, y]) => fc.constantFrom('and', 'or').map((op) => `(${x}) ${op} (${y})`)),
      tie('condition').map((x) => `not (${x})`),
    ),
  };
});

type Scope = Record<string, number>;
const scope: fc.Arbitrary<Scope> = fc.record({ a: value, b: value, T1: value });

/** True when mathjs left the real numbers on the way, where the formula language has no value. */
function leavesTheReals(node: MathNode, values: Scope): boolean {
  return node
    .filter((part) => part.type !== 'ParenthesisNode' && !('isFunctionName' in part))
    .some((part) => {
      try {
        return isComplex(part.evaluate({ ...values }));
      } catch {
        return true;
      }
    });
}

function run(text: string, values: Scope, result: 'number' | 'boolean' = 'number'): number {
  const { formula, faults } = parseFormula(text, symbols, result);
  assert.deepEqual(faults, []);
  return formula?.evaluate(formula.symbols.map((symbol) => values[symbol] ?? Number.NaN)) ?? Number.NaN;
}

function faultsOf(text: string, names: readonly string[] = ['a', 'b']): string[] {
  return parseFormula(text, names).faults.map(({ column, message }) => `${column}: ${message}`);
}

describe('parseFormula', () => {
  it('gives the same result as mathjs for every formula and scope', () => {
    let compared = 0;
    fc.assert(
      fc.property(texts.number, scope, (text, values) => {
        const { formula } = parseFormula(text, symbols);
        if (!formula || leavesTheReals(parse(text), values)) return;
        const expected: unknown = evaluate(text, { ...values });
        const actual = formula.evaluate(formula.symbols.map((symbol) => values[symbol] ?? Number.NaN));
        assert.ok(typeof expected === 'number', `mathjs gives ${String(expected)}`);
        compared += 1;
        if (Number.isNaN(expected)) assert.ok(Number.isNaN(actual), `${actual} is not NaN`);
        else assert.ok(actual === expected, `${actual} is not ${expected}`);
      }),
      { numRuns: 3000 },
    );
    assert.ok(compared > 1500, `only ${compared} of 3000 formulas were compared`);
  });

  it('gives the same truth as mathjs for every condition', () => {
    fc.assert(
      fc.property(texts.condition, scope, (text, values) => {
        const { formula } = parseFormula(text, symbols, 'boolean');
        if (!formula || leavesTheReals(parse(text), values)) return;
        const actual = formula.evaluate(formula.symbols.map((symbol) => values[symbol] ?? Number.NaN));
        assert.equal(actual === 1, evaluate(text, { ...values }));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes integer parts and rounds at ties and beside rounding noise as mathjs does', () => {
    const cases: [string, number][] = [
      ['floor(T1/2)', 7.99],
      ['floor(T1)', 2.9999999999999996],
      ['ceil(T1)', 3.0000000000000004],
      ['round(T1)', 2.5],
      ['round(T1)', -2.5],
      ['round(T1)', 0.49999999999999994],
      ['round(T1)', 2.49999999999995],
      ['floor(T1 * 10)', 0.7],
      ['T1 ^ 3', -2],
      ['T1 / 0', -2],
      ['max(T1, 1)', 1.0000000000000002],
    ];
    for (const [text, T1] of cases)
      assert.equal(run(text, { T1 }), evaluate(text, { T1 }), `${text} at ${T1}`);
  });

  it('has clamp, which mathjs lacks', () => {
    assert.deepEqual(
      [-3, 4, 12].map((a) => run('clamp(a, 0, 10)', { a })),
      [0, 4, 10],
    );
  });

  it('splits a sum into its terms, signs included', () => {
    const { formula } = parseFormula('20*(5-floor(T1/2))/5 + 10*a - b*(2 - 3)', symbols);
    assert.deepEqual(
      formula?.terms.map((term) => [term.text, term.isNegative, term.symbols, term.evaluate([7, 11, 3.2])]),
      [
        ['20*(5-floor(T1/2))/5', false, ['T1'], 16],
        ['10*a', false, ['a'], 70],
        ['b*(2 - 3)', true, ['b'], 11],
      ],
    );
  });

  it('sums its terms to the whole', () => {
    fc.assert(
      fc.property(fc.array(texts.number, { minLength: 1, maxLength: 4 }), scope, (parts, values) => {
        const { formula } = parseFormula(parts.join(' - '), symbols);
        if (!formula) return;
        const inputs = formula.symbols.map((symbol) => values[symbol] ?? Number.NaN);
        const whole = formula.evaluate(inputs);
        const sum = formula.terms.map((term) => term.evaluate(inputs)).reduce((total, each) => total + each);
        if (Number.isFinite(whole)) assert.equal(sum, whole);
      }),
    );
  });

  it('prints the numbers in place of the names', () => {
    const { formula } = parseFormula('20*(5-floor(T1/2))/5 + a', symbols);
    assert.equal(formula?.print({ T1: '3.2', a: '-4' }), '20*(5-floor(3.2/2))/5 + (-4)');
  });

  const refusals: [string, string][] = [
    ['a = 2', '3: "=": assignment is not allowed; compare with "=="'],
    ['f(x) = x', '6: "=": assignment is not allowed; compare with "=="'],
    ['a.constructor', '2: ".": member access is not allowed; write a child by its id alone'],
    ['a["x"]', '2: "[": matrices are not allowed; the integer part of x is floor(x)'],
    ['import("fs")', '8: """: strings are not allowed'],
    ['[1, 2]', '1: "[": matrices are not allowed; the integer part of x is floor(x)'],
    ['2 cm', '3: an operator is missing before "cm"; write "*" to multiply'],
    ['2 a', '3: an operator is missing before "a"; write "*" to multiply'],
    ['(a)(b)', '4: an operator is missing before "("; write "*" to multiply'],
    ['cos(a)', '1: unknown function "cos"'],
    ['toString(a)', '1: unknown function "toString"'],
    ['a + c', '5: unknown name "c"; known: a, b'],
    ['a + pi', '5: unknown name "pi"; known: a, b'],
    ['a < b', '1: a number is needed here, this is a condition'],
    ['a ? 1 : 2', '1: a condition is needed here, this is a number'],
    ['1 < a < 2 ? 1 : 2', '1: a comparison may not be chained; join two with "and"'],
    ['round(a, 2)', '1: round takes 1 argument, not 2'],
    ['1e999', '1: the number is too large'],
    [
      'a + NaN',
      '5: "NaN" is not allowed; only finite numbers written in digits are part of the formula language',
    ],
    [
      '-Infinity',
      '2: "Infinity" is not allowed; only finite numbers written in digits are part of the formula language',
    ],
    ['1:1e9', '1: a range a:b is not part of the formula language; write each number'],
    ['max(a, 1:3)', '8: a range a:b is not part of the formula language; write each number'],
    [`a + ${'b'.repeat(300)}`, `5: unknown name "${'b'.repeat(80)}…"; known: a, b`],
    ['9^9^9^9', '1: this constant part has no finite value'],
    ['a + 1/0', '5: this constant part has no finite value'],
    ['(a', '2: 1 "(" left open'],
    ['a)', '2: this ")" closes nothing'],
    ['', '1: the expression is empty'],
    ['a!', '2: "!": factorial is not allowed; negate with "not"'],
    ['a; b', '2: ";": only one expression is allowed'],
    ['a\u0000b', '2: "\u0000": this character is not part of the formula language'],
    ['a × b', '3: "×": this character is not part of the formula language'],
  ];
  for (const [text, fault] of refusals) {
    it(`refuses ${JSON.stringify(text)} with its column`, () => assert.deepEqual(faultsOf(text), [fault]));
  }

  it('refuses excess length, parts and nesting before it parses', () => {
    const column49 = '49: nested deeper than 48 levels';
    assert.deepEqual(faultsOf('('.repeat(300)), [column49]);
    assert.deepEqual(faultsOf(`${'-'.repeat(300)}a`), [column49]);
    assert.deepEqual(faultsOf(`${'not '.repeat(300)}a`), ['193: nested deeper than 48 levels']);
    assert.deepEqual(faultsOf('2^'.repeat(190)), ['98: nested deeper than 48 levels']);
    assert.deepEqual(faultsOf(`${'a+'.repeat(250)}a`), ['401: more than 400 parts']);
    assert.deepEqual(faultsOf('a'.repeat(2001)), ['1: longer than 2000 characters (2001)']);
  });

  it('never throws and never hangs, whatever the text', () => {
    const piece = fc.constantFrom(
      ...'ab19.+-*/^()<>=!?:, '.split(''),
      'and ',
      'not ',
      'floor(',
      'import',
      'true',
      'T1',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (each) => {
        const { formula, faults } = parseFormula(each, symbols);
        assert.equal(formula === null, faults.length > 0);
        for (const { column } of faults) assert.ok(column >= 1 && column <= Math.max(1, each.length));
      }),
      { numRuns: 3000 },
    );
  });
});
