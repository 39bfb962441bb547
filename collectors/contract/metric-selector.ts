/** `{label="value"}` with the four operators of PromQL. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** Series of a metric; where it is evaluated for subjects, those are added. */
export interface MetricSelector {
  readonly metric: string;
  readonly matchers: readonly LabelMatcher[];
}

/** In PromQL. */
export function printSelector({ metric, matchers }: MetricSelector): string {
  if (matchers.length === 0) return metric;
  const parts = matchers.map(({ label, operator, value }) => `${label}${operator}${quotePromql(value)}`);
  return `${metric}{${parts.join(',')}}`;
}

/** A string literal of PromQL. */
export function quotePromql(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}
