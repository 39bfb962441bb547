import type { Formula, FormulaTerm } from './formula.ts';

/** Terms that belong together: those of one child, or those that share children and cannot be told apart. */
export interface TermGroup {
  /** The children that earn the group's points; more than one when a term multiplies children. */
  readonly symbols: readonly string[];
  /** The terms as written, signs included. */
  readonly text: string;
  /** Values in the order of the formula's symbols. */
  evaluate(values: readonly number[]): number;
  print(values: Readonly<Record<string, string>>): string;
}

function makeGroup(terms: readonly FormulaTerm[], all: readonly string[]): TermGroup {
  const join = (write: (term: FormulaTerm) => string) =>
    terms.map((term, index) => `${term.isNegative ? '- ' : index > 0 ? '+ ' : ''}${write(term)}`).join(' ');
  const used = new Set(terms.flatMap((term) => term.symbols));
  return {
    symbols: all.filter((symbol) => used.has(symbol)),
    text: join((term) => term.text),
    evaluate: (values) => terms.reduce((sum, term) => sum + term.evaluate(values), 0),
    print: (values) => join((term) => term.print(values)),
  };
}

/**
 * Splits a formula into the parts that can be scored one without the other. A constant beside one child's terms is
 * that child's (`100 - 5 * x`); beside several children's it ties all of them together.
 */
export function groupTerms(formula: Formula): TermGroup[] {
  const groups: FormulaTerm[][] = [];
  const constants = formula.terms.filter((term) => term.symbols.length === 0);
  for (const term of formula.terms.filter((each) => each.symbols.length > 0)) {
    const shares = (group: readonly FormulaTerm[]) =>
      group.some((other) => other.symbols.some((symbol) => term.symbols.includes(symbol)));
    const joined = [...groups.filter(shares).flat(), term];
    groups.splice(0, groups.length, ...groups.filter((group) => !shares(group)), joined);
  }
  const isTied = constants.length > 0 && groups.length > 0;
  const parts = isTied ? [[...formula.terms]] : groups;
  const position = (group: readonly FormulaTerm[]) =>
    Math.min(...group.map((term) => formula.terms.indexOf(term)));
  return parts
    .map((group) => group.toSorted((a, b) => formula.terms.indexOf(a) - formula.terms.indexOf(b)))
    .sort((a, b) => position(a) - position(b))
    .map((group) => makeGroup(group, formula.symbols));
}
