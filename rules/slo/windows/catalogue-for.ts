import type { AlertWindow, SloPeriod, WindowCatalogue } from '../../contract.ts';

/** Days of a calendar period on the average of 400 Gregorian years, to find the catalogue whose length is nearest. */
const calendarDays = { month: 365.2425 / 12, quarter: 365.2425 / 4, year: 365.2425 } as const;

/**
 * The catalogue of a rolling period of just that length; null where there is none. Calendar periods have no length of
 * their own and take the nearest, the earlier one of two that are as near.
 */
export function catalogueFor(
  period: SloPeriod,
  catalogues: readonly WindowCatalogue[],
): WindowCatalogue | null {
  if (period.kind === 'rolling')
    return catalogues.find(({ periodDays }) => periodDays === period.days) ?? null;
  const days = calendarDays[period.unit];
  const farness = ({ periodDays }: WindowCatalogue) => Math.abs(periodDays - days);
  return catalogues.toSorted((a, b) => farness(a) - farness(b))[0] ?? null;
}

/** The four tiers in the order in which alerts name them. */
export const tiersOf = ({ page, ticket }: WindowCatalogue): readonly AlertWindow[] => [
  page.quick,
  page.slow,
  ticket.quick,
  ticket.slow,
];

/** Lengths of all alert windows in seconds, each once, the shortest first. */
export function windowSecondsOf(catalogue: WindowCatalogue): readonly number[] {
  const all = tiersOf(catalogue).flatMap(({ shortSeconds, longSeconds }) => [shortSeconds, longSeconds]);
  return [...new Set(all)].toSorted((a, b) => a - b);
}
