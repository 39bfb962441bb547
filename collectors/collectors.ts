import { otlp } from './application/otlp.ts';
import { exposition } from './cloud/exposition.ts';
import type { Collector } from './contract.ts';
import { citygaugeSelf } from './self/citygauge-self.ts';

/** Every collector, in the order in which pages and the reference list them. */
export const collectors: readonly Collector[] = [exposition, otlp, citygaugeSelf];
