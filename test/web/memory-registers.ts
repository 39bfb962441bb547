import type { Workbench } from '../../dashboards/contract.ts';
import { memoryQuality } from './registers/memory-quality.ts';
import { memorySecurity } from './registers/memory-security.ts';
import { memorySlos } from './registers/memory-slos.ts';

type Registers = Pick<Workbench, 'quality' | 'security'> & ReturnType<typeof memorySlos>;

/** Registers in memory, a set of its own for each site. */
export function memoryRegisters(): Registers {
  return { quality: memoryQuality(), security: memorySecurity(), ...memorySlos() };
}
