import type { ThresholdTable } from '../contract.ts';
import type { Database } from '../schema/tables.ts';

export function openThresholds(_db: Database): ThresholdTable {
  return { save: async () => {}, current: async () => [], history: async () => [] };
}
