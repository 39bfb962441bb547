import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { readStringLiteral } from '../contract.ts';
import { withRange } from './windowed.ts';

/** Names of the metrics that a query selects, each once; a selector that names none is left out. */
export function metricNames(query: string): readonly string[] {
  const text = withRange(query);
  const names = new Set<string>();
  parser.parse(text).iterate({
    enter: ({ name, node }) => {
      if (name !== 'VectorSelector') return;
      const found = nameOf(node, text);
      if (found !== null) names.add(found);
    },
  });
  return [...names];
}

function nameOf(selector: SyntaxNode, text: string): string | null {
  const plain = selector.getChild('Identifier');
  if (plain) return text.slice(plain.from, plain.to);
  const list = selector.getChild('LabelMatchers');
  const quoted = list?.getChild('QuotedLabelName')?.getChild('StringLiteral');
  if (quoted) return readStringLiteral(text.slice(quoted.from, quoted.to));
  for (const matcher of list?.getChildren('UnquotedLabelMatcher') ?? []) {
    const label = matcher.getChild('LabelName');
    const value = matcher.getChild('StringLiteral');
    const isName = label !== null && text.slice(label.from, label.to) === '__name__';
    if (isName && value && matcher.getChild('MatchOp')?.getChild('EqlSingle'))
      return readStringLiteral(text.slice(value.from, value.to));
  }
  return null;
}
