import { parser } from '@prometheus-io/lezer-promql';
import { windowPlaceholder } from '../contract.ts';
import { withClosedComment } from './query-tree.ts';

const hasWindow = (query: string) => query.search(windowPlaceholder) >= 0;

/** Selectors of a query that holds no function and no range; null for another query. */
function plainSelectors(query: string): { readonly from: number; readonly to: number }[] | null {
  const found: { from: number; to: number }[] = [];
  let isPlain = true;
  parser.parse(query).iterate({
    enter: ({ name, from, to }) => {
      if (/^(?:FunctionCall|MatrixSelector|SubqueryExpr|OffsetExpr|StepInvariantExpr|⚠)$/.test(name))
        isPlain = false;
      if (name === 'VectorSelector') found.push({ from, to });
    },
  });
  return isPlain ? found : null;
}

/**
 * A query of OpenSLO, which knows no `{{.window}}`, over the window of the rule: counters by their rate, everything else
 * summed over the steps of the window. A query that has the placeholder stays as it is.
 */
export function overWindow(query: string, isCounter: boolean): string {
  const text = query.trim();
  if (hasWindow(text)) return query;
  const selectors = isCounter ? plainSelectors(text) : null;
  if (!selectors) return `sum_over_time((${withClosedComment(text)})[{{.window}}:])`;
  return selectors.reduceRight(
    (rest, { from, to }) =>
      `${rest.slice(0, from)}rate(${rest.slice(from, to)}[{{.window}}])${rest.slice(to)}`,
    text,
  );
}

/** A ratio that is a metric of its own, as its mean over the window. */
export function meanOverWindow(query: string): string {
  return hasWindow(query) ? query : `avg_over_time((${withClosedComment(query.trim())})[{{.window}}:])`;
}
