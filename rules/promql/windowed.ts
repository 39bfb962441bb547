import { parser } from '@prometheus-io/lezer-promql';
import { type PromqlFault, syntaxFault, windowPlaceholder } from '../contract.ts';

/** Longest query of an SLO that is read, in characters, and its deepest nesting: a stranger's file may be hostile. */
const longestQuery = 10_000;
const deepestQuery = 500;

/** The query with a range of the same length in place of `{{.window}}`, so that places stay the same. */
export function withRange(query: string): string {
  return query.replace(windowPlaceholder, (written) => `${'0'.repeat(written.length - 2)}1m`);
}

function depthFault(query: string): PromqlFault | null {
  let [depth, deepest] = [0, 0];
  parser.parse(query).iterate({
    enter: () => {
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    leave: () => {
      depth -= 1;
    },
  });
  return deepest > deepestQuery ? { column: 1, message: `nested deeper than ${deepestQuery} levels` } : null;
}

/** The first place where a query with `{{.window}}` is no PromQL; null when it is. */
export function windowedFault(query: string): PromqlFault | null {
  const filled = withRange(query);
  return syntaxFault(filled, longestQuery) ?? depthFault(filled);
}
