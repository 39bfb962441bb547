import type { Finding } from './check.ts';

/** No row is looked at: a share of nothing is neither 0 nor 1. */
export const nothingToCheck: Finding = {
  state: 'notApplicable',
  reason: { zh: '没有可检核的行', en: 'no row to look at' },
};
