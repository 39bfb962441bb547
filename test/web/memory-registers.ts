import type { Workbench } from '../../dashboards/contract.ts';
import { memoryQuality } from './registers/memory-quality.ts';
import { memorySecurity } from './registers/memory-security.ts';
import { memorySlos } from './registers/memory-slos.ts';

type Registers =
  | 'quality'
  | 'security'
  | 'slos'
  | 'slo'
  | 'burnWindows'
  | 'alertWindows'
  | 'alertsWithin'
  | 'thresholds'
  | 'lamps'
  | 'rules';

/** Registers in memory, a set of its own for each site. */
export function memoryRegisters(): Pick<Workbench, Registers> {
  return { quality: memoryQuality(), security: memorySecurity(), ...memorySlos() };
}
