import { type PromqlFault, syntaxFault, windowPlaceholder } from '../contract.ts';

/** Longest query of an SLO that is read. */
export const longestQuery = 20_000;

/** The query with a range of the same length in place of `{{.window}}`, so that places stay the same. */
export function withRange(query: string): string {
  return query.replace(windowPlaceholder, (written) => `${'0'.repeat(written.length - 2)}1m`);
}

/** The first place where a query with `{{.window}}` is no PromQL; null when it is. */
export function windowedFault(query: string): PromqlFault | null {
  return syntaxFault(withRange(query), longestQuery);
}
