import type { Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { LabelMatcher, MetricSelector } from '../metric-selector.ts';
import { regexFault } from './label-regex.ts';
import { readStringLiteral } from './string-literal.ts';

/** Something wrong in a PromQL text; the column is counted from 1. */
export interface PromqlFault {
  readonly column: number;
  readonly message: string;
}

type SyntaxNode = Tree['topNode'];

/** Longest selector or query that is read: a stranger's file may be hostile. */
const longestPromql = 2000;

/** The first place where a text is no PromQL; null when it is. */
export function syntaxFault(text: string, longest = longestPromql): PromqlFault | null {
  if (text.trim() === '') return { column: 1, message: 'nothing is written here' };
  if (text.length > longest) {
    return { column: 1, message: `longer than ${longest} characters (${text.length})` };
  }
  let at: number | null = null;
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError && at === null) at = node.from;
      return at === null;
    },
  });
  if (at === null) return null;
  const rest = text.slice(at).trim();
  const found = rest === '' ? 'it ends too early' : `"${rest.slice(0, 20)}" cannot stand here`;
  return { column: at + 1, message: `no PromQL: ${found}` };
}

const operators: Readonly<Record<string, LabelMatcher['operator']>> = {
  EqlSingle: '=',
  Neq: '!=',
  EqlRegex: '=~',
  NeqRegex: '!~',
};

class SelectorReader {
  readonly #text: string;
  readonly #faults: PromqlFault[] = [];
  readonly #matchers: LabelMatcher[] = [];
  #metric: string | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  read(): { selector: MetricSelector | null; faults: readonly PromqlFault[] } {
    const broken = syntaxFault(this.#text);
    if (broken) return { selector: null, faults: [broken] };
    const [node] = parser.parse(this.#text).topNode.getChildren('Expr');
    if (node?.name !== 'VectorSelector') {
      const message = 'a plain selector is needed, `name{label="value"}`, without range, offset or function';
      return { selector: null, faults: [{ column: 1, message }] };
    }
    const name = node.getChild('Identifier');
    if (name) this.#metric = this.#textOf(name);
    const list = node.getChild('LabelMatchers');
    for (const each of list?.getChildren('UnquotedLabelMatcher') ?? [])
      this.#readMatcher(each, this.#textOf(each.getChild('LabelName')));
    for (const each of list?.getChildren('QuotedLabelMatcher') ?? [])
      this.#readMatcher(each, this.#literal(each.getChild('QuotedLabelName')));
    for (const each of list?.getChildren('QuotedLabelName') ?? []) this.#setMetric(each, this.#literal(each));
    if (this.#metric === null && this.#faults.length === 0) {
      this.#faults.push({ column: 1, message: 'the selector names no metric' });
    }
    if (this.#metric === null || this.#faults.length > 0) return { selector: null, faults: this.#faults };
    return { selector: { metric: this.#metric, matchers: this.#matchers }, faults: [] };
  }

  #textOf(node: SyntaxNode | null): string {
    return node ? this.#text.slice(node.from, node.to) : '';
  }

  #literal(node: SyntaxNode | null): string {
    const literal = node?.name === 'QuotedLabelName' ? node.getChild('StringLiteral') : node;
    const value = readStringLiteral(this.#textOf(literal));
    if (value === null && literal)
      this.#refuse(literal, 'the text in quotes has an escape that PromQL does not know');
    return value ?? '';
  }

  #refuse(node: SyntaxNode, message: string): void {
    this.#faults.push({ column: node.from + 1, message });
  }

  #setMetric(node: SyntaxNode, name: string): void {
    if (this.#metric === null) this.#metric = name;
    else this.#refuse(node, `the metric is named twice, "${this.#metric}" and "${name}"`);
  }

  #readMatcher(node: SyntaxNode, label: string): unknown {
    const literal = node.getChild('StringLiteral');
    const value = this.#literal(literal);
    const operator = operators[node.getChild('MatchOp')?.firstChild?.name ?? ''];
    if (!operator || !literal) return this.#refuse(node, `"${this.#textOf(node)}" is no matcher of a label`);
    if (label === '__name__') {
      if (operator !== '=') return this.#refuse(node, 'one metric is measured at a time; name it with "="');
      return this.#setMetric(node, value);
    }
    const fault = operator === '=~' || operator === '!~' ? regexFault(value) : null;
    if (fault) return this.#refuse(literal, fault);
    return this.#matchers.push({ label, operator, value });
  }
}

/** Reads `name{label="value"}`; all faults together, or the selector. */
export function readSelector(text: string): {
  readonly selector: MetricSelector | null;
  readonly faults: readonly PromqlFault[];
} {
  return new SelectorReader(text).read();
}
