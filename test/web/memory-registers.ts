import type { Workbench } from '../../dashboards/contract.ts';
import { memoryQuality } from './registers/memory-quality.ts';
import { memorySecurity } from './registers/memory-security.ts';

/** Registers in memory, a pair of its own for each site. */
export function memoryRegisters(): Pick<Workbench, 'quality' | 'security'> {
  return { quality: memoryQuality(), security: memorySecurity() };
}
