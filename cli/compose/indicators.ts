import { type IndicatorLookup, indicatorLookup } from '../../collectors/records.ts';
import { leavesOf, type Model } from '../../scoring/contract.ts';
import { shippedModels } from './models.ts';

/** Which indicators the models know, for checking entries and observations as they are read. */
export function indicatorsOf(models: readonly Model[] = shippedModels()): IndicatorLookup {
  return indicatorLookup(new Map(models.flatMap(leavesOf).map((leaf) => [leaf.id, leaf.unit])));
}
