import { type Severity, severities } from '../../collectors/contract.ts';

/** A figure for every severity; 0 where there is none. */
export function bySeverity(
  rows: readonly { readonly severity: number; readonly count: number }[],
): Record<Severity, number> {
  return Object.fromEntries(
    severities.map((severity, place) => [severity, rows.find((row) => row.severity === place)?.count ?? 0]),
  ) as Record<Severity, number>;
}

export const dayMilliseconds = 86_400_000;

/** Days between two ISO instants, with fractions. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMilliseconds;
}
