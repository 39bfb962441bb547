import type { Workbench } from '../../dashboards/contract.ts';

/** Registers in memory, to be filled. */
export const memoryRegisters = {
  quality: { latest: async () => [], runs: async () => [], results: async () => [] },
  security: {} as Workbench['security'],
} satisfies Pick<Workbench, 'quality' | 'security'>;
