import type { Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { type PromqlFault, syntaxFault } from '../../contract.ts';
import { suggest } from '../fields.ts';

/** Placeholders that are filled in when the query runs, beside a text of the same length that is sound in their place. */
const placeholders: Readonly<Record<string, string>> = { $period: '000060s', $subject: 'subjects' };

type SyntaxNode = Tree['topNode'];

const rangeFunction =
  /^(?:\w+_over_time|rate|irate|increase|delta|idelta|deriv|resets|changes|predict_linear|double_exponential_smoothing|holt_winters)$/;
const ranges: readonly string[] = ['MatrixSelector', 'SubqueryExpr'];

function unknownPlaceholders(text: string): PromqlFault[] {
  return [...text.matchAll(/\$[A-Za-z_]\w*/g)]
    .filter(([name]) => !Object.hasOwn(placeholders, name))
    .map(({ 0: name, index }) => ({
      column: index + 1,
      message: `unknown placeholder "${name}"${suggest(name, Object.keys(placeholders))}`,
    }));
}

const wrappers: readonly string[] = [
  'ParenExpr',
  'OffsetExpr',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
];

/** The call that a range is an argument of; null when something else would take it. */
function callAround(node: SyntaxNode): SyntaxNode | null {
  let at = node.parent;
  while (at && wrappers.includes(at.name)) at = at.parent;
  return at?.name === 'FunctionCallBody' && at.parent?.name === 'FunctionCall' ? at.parent : null;
}

/** The expression within parentheses and beside an offset. */
function unwrapped(node: SyntaxNode): SyntaxNode {
  const within = wrappers.includes(node.name) ? node.getChild('Expr') : null;
  return within ? unwrapped(within) : node;
}

/** What is wrong with one part of a query that parses: ranges where none may be, or none where one is needed. */
function partFault(node: SyntaxNode, textOf: (node: SyntaxNode | null) => string): string | null {
  if (ranges.includes(node.name)) {
    const name = textOf(callAround(node)?.getChild('FunctionIdentifier') ?? null);
    return rangeFunction.test(name) ? null : 'a range stands here, yet only functions over time take one';
  }
  if (node.name === 'FunctionCall') {
    const name = textOf(node.getChild('FunctionIdentifier'));
    const given = node.getChild('FunctionCallBody')?.getChildren('Expr') ?? [];
    const hasRange = given.some((each) => ranges.includes(unwrapped(each).name));
    if (rangeFunction.test(name) && !hasRange) return `${name} needs a range, \`${name}(metric[$period])\``;
  }
  if (node.name === 'VectorSelector') {
    const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
    if (matchers.some((each) => textOf(each.getChild('LabelName')) === 'subject')) return null;
    return `"${textOf(node)}" would read every subject; write \`subject=~"$subject"\` into its braces`;
  }
  return null;
}

/** Faults of a query with its placeholders, each with its column. */
export function promqlFaults(text: string): PromqlFault[] {
  const unknown = unknownPlaceholders(text);
  if (unknown.length > 0) return unknown;
  // Of the same length, so that places in the filled text are places in the written one.
  const filled = text.replace(/\$\w+/g, (name) => placeholders[name] ?? name);
  const broken = syntaxFault(filled);
  if (broken) return [broken];
  const tree = parser.parse(filled);
  const top = tree.topNode.getChild('Expr');
  if (top && unwrapped(top).name === 'StringLiteral')
    return [{ column: 1, message: 'a text is no figure; the query must yield one number' }];
  const faults: PromqlFault[] = [];
  tree.iterate({
    enter: ({ node }) => {
      const message = partFault(node, (each) => (each ? text.slice(each.from, each.to) : ''));
      if (message) faults.push({ column: node.from + 1, message });
    },
  });
  return faults;
}
