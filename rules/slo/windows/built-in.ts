import type { WindowCatalogue } from '../../contract.ts';

const [minute, hour, day] = [60, 3600, 86_400];

/** Shares and windows that the SRE workbook recommends (chapter 5, "Multiwindow, Multi-Burn-Rate Alerts", table 5-8). */
const workbook: Omit<WindowCatalogue, 'periodDays'> = {
  page: {
    quick: { errorBudgetPercent: 2, shortSeconds: 5 * minute, longSeconds: hour },
    slow: { errorBudgetPercent: 5, shortSeconds: 30 * minute, longSeconds: 6 * hour },
  },
  ticket: {
    quick: { errorBudgetPercent: 10, shortSeconds: 2 * hour, longSeconds: day },
    slow: { errorBudgetPercent: 10, shortSeconds: 6 * hour, longSeconds: 3 * day },
  },
};

/** Four weeks and a month of 30 days: the same shares of a budget that lasts that long. */
export const builtInCatalogues: readonly WindowCatalogue[] = [28, 30].map((periodDays) => ({
  periodDays,
  ...workbook,
}));
