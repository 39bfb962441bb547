import type { SqlPort } from '../../../contract.ts';

export const openSession: SqlPort['open'] = async ({ driver }) => {
  throw new Error(`sessions on ${driver} are not built yet`);
};
