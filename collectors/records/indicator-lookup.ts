import type { Unit } from '../contract.ts';
import { nearest } from './mapping/did-you-mean.ts';
import type { IndicatorLookup } from './normalise/row-context.ts';

/** A lookup over the units of all indicators that are known, by id. */
export function indicatorLookup(units: ReadonlyMap<string, Unit>): IndicatorLookup {
  const ids = [...units.keys()];
  return {
    unitOf: (indicator) => units.get(indicator) ?? null,
    similarTo: (indicator) => {
      const near = nearest(indicator, ids);
      return near === null ? [] : [near];
    },
  };
}
