import type { SloRegister } from '../contract.ts';
import type { Database } from '../schema/tables.ts';

export function openSlos(_db: Database): SloRegister {
  const absent = async () => {
    throw new Error('being built');
  };
  return {
    save: absent,
    latest: async () => [],
    figures: async () => [],
    revisions: async () => [],
    exclude: absent,
    withdraw: absent,
    exclusions: async () => [],
  };
}
