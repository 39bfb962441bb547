/** A pair of windows that both must burn too fast: the long one tells that it matters, the short one that it goes on. */
export interface AlertWindow {
  /** Share of the period's error budget that is used when the long window has burnt at the alert's rate, per cent. */
  readonly errorBudgetPercent: number;
  readonly shortSeconds: number;
  readonly longSeconds: number;
}

/** The four tiers of the SRE workbook, chapter 5, for one length of period. */
export interface WindowCatalogue {
  readonly periodDays: number;
  readonly page: { readonly quick: AlertWindow; readonly slow: AlertWindow };
  readonly ticket: { readonly quick: AlertWindow; readonly slow: AlertWindow };
}

/**
 * How many times faster than even the budget burns when the window uses its share of it: `percent x period hours / 100 /
 * long window hours`; in this order, which is Sloth's, so that the last digit agrees.
 */
export function burnFactor({ periodDays }: WindowCatalogue, window: AlertWindow): number {
  const speed = (window.errorBudgetPercent * (periodDays * 24)) / 100;
  return speed / (window.longSeconds / 3600);
}
