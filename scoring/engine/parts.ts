import type { ModelNode } from '../contract.ts';
import { type Formula, parseFormula } from '../formula/formula.ts';
import { groupTerms, type TermGroup } from '../formula/term-groups.ts';
import { type NodeResult, type Part, rounded, type ScoringContext } from './node-result.ts';
import { figure } from './words.ts';

/** Formulas compiled once per node of a model. */
const compiled = new WeakMap<ModelNode, { formula: Formula; groups: readonly TermGroup[] }>();

export function formulaOf(node: ModelNode): { formula: Formula; groups: readonly TermGroup[] } {
  const known = compiled.get(node);
  if (known) return known;
  if (node.combine?.kind !== 'formula') throw new Error(`${node.id} has no formula`);
  const { formula } = parseFormula(
    node.combine.formula,
    node.children.map((child) => child.localId),
  );
  if (!formula) throw new Error(`the formula of ${node.id} was checked and yet does not parse`);
  const made = { formula, groups: groupTerms(formula) };
  compiled.set(node, made);
  return made;
}

/** The shares of a node's points, in the order of its children. */
export function partsOf(node: ModelNode, children: readonly NodeResult[], context: ScoringContext): Part[] {
  if (node.combine?.kind !== 'formula')
    return children.map((child, index) => weightedPart(child, index, context));
  const { formula, groups } = formulaOf(node);
  return groups.map((group) => new FormulaPart(group, formula.symbols, children, context).score());
}

function weightedPart(child: NodeResult, index: number, context: ScoringContext): Part {
  const weight = child.node.weight ?? 0;
  const share = (score: number) => rounded(weight * score, context);
  return {
    members: [index],
    possible: 100 * weight,
    reached: child.score === null ? null : share(child.score),
    low: share(child.low ?? 0),
    high: share(child.high ?? 100),
    coverage: child.coverage,
    isApplicable: child.isApplicable,
    calculation: child.score === null ? null : `${figure(weight, 6)} * ${figure(child.score, 4)}`,
  };
}

/** The value at which a child earns all of its points in a formula. */
export function bestInput(node: ModelNode): number {
  return node.leaf?.scale.kind === 'none' ? node.leaf.best : 100;
}

class FormulaPart {
  readonly #group: TermGroup;
  readonly #symbols: readonly string[];
  readonly #children: readonly NodeResult[];
  readonly #context: ScoringContext;
  readonly #members: readonly NodeResult[];
  readonly #possible: number;

  constructor(
    group: TermGroup,
    symbols: readonly string[],
    children: readonly NodeResult[],
    context: ScoringContext,
  ) {
    this.#group = group;
    this.#symbols = symbols;
    this.#children = children;
    this.#context = context;
    this.#members = children.filter((child) => group.symbols.includes(child.node.localId));
    this.#possible = group.evaluate(this.#inputs((child) => bestInput(child.node)));
  }

  #inputs(choose: (child: NodeResult) => number | null): number[] {
    return this.#symbols.map((symbol) => {
      const child = this.#children.find((each) => each.node.localId === symbol);
      return (child && choose(child)) ?? Number.NaN;
    });
  }

  /** Points for the inputs given; null when the formula has no finite value there. */
  #points(choose: (child: NodeResult) => number | null): number | null {
    const raw = this.#group.evaluate(this.#inputs(choose));
    if (!Number.isFinite(raw)) return null;
    const held = this.#context.isBounded ? Math.min(this.#possible, Math.max(0, raw)) : raw;
    return rounded(held, this.#context);
  }

  score(): Part {
    const members = this.#members;
    const common = {
      members: members.map((member) => this.#children.indexOf(member)),
      possible: this.#possible,
      isApplicable: members.every((member) => member.isApplicable),
    };
    const reached = this.#reached();
    if (reached === null) {
      return { ...common, reached, low: 0, high: this.#possible, coverage: 0, calculation: null };
    }
    const ends = [this.#points((child) => edge(child, 'low')), this.#points((child) => edge(child, 'high'))];
    const isWhole = members.every((member) => member.coverage === 1);
    const known = ends.map((end) => end ?? reached);
    const sampled = members
      .filter(takesRawValue)
      .reduce((share, { observation }) => share * (observation?.coverage ?? 1), 1);
    const [least, most] = [Math.min(reached, ...known), Math.max(reached, ...known)];
    const unseen = 1 - sampled;
    return {
      ...common,
      reached,
      low: isWhole ? reached : rounded(sampled * least + unseen * Math.min(0, least), this.#context),
      high: isWhole
        ? reached
        : rounded(sampled * most + unseen * Math.max(this.#possible, most), this.#context),
      coverage: members.reduce((sum, member) => sum + member.coverage, 0) / members.length,
      calculation: this.#calculation(),
    };
  }

  /** The terms with the numbers put in; where they were held, with the bounds that held them. */
  #calculation(): string {
    const chosen = (child: NodeResult) => child.input ?? bestInput(child.node);
    const values = this.#members.map((child) => [child.node.localId, figure(chosen(child), 6)]);
    const printed = this.#group.print(Object.fromEntries(values));
    const raw = this.#group.evaluate(this.#inputs(chosen));
    const isHeld = this.#context.isBounded && (raw < 0 || raw > this.#possible);
    return isHeld ? `clamp(${printed}, 0, ${figure(this.#possible, 6)})` : printed;
  }

  #reached(): number | null {
    if (!this.#members.every((member) => member.isApplicable && member.coverage > 0)) return null;
    const fixed = this.#members.filter((member) => member.state === 'zeroBase').map((member) => member.score);
    if (fixed.includes(0)) return 0;
    return this.#points((child) => (child.state === 'zeroBase' ? bestInput(child.node) : child.input));
  }
}

/** What a child would give if its missing evidence turned out worst or best. */
function edge(child: NodeResult, end: 'low' | 'high'): number | null {
  if (child.state === 'zeroBase') return bestInput(child.node);
  return takesRawValue(child) ? child.input : child[end];
}

/** A leaf without a scale: the formula is given its value as it is. */
function takesRawValue({ node }: NodeResult): boolean {
  return node.leaf?.scale.kind === 'none';
}
