import type { z } from 'zod';
import { type ShapeFault, shapeFaults } from '../../shape-faults.ts';
import { mappingSchema } from './mapping.ts';

const innerKeys = [
  ...['column', 'values', 'otherwise', 'scale', 'separator', 'timeFormat', 'constant'],
  ...['as', 'kind', 'prefix', 'ids', 'names', 'zh', 'en'],
];

/** What is wrong with a mapping's shape, in words for the person who wrote it. */
export function mappingFaults(error: z.ZodError, value: unknown): ShapeFault[] {
  return shapeFaults(error, value, {
    knownKeys: (path) => (path.length === 0 ? Object.keys(mappingSchema.shape) : innerKeys),
    missingRemedies: {
      fields: ': say which column fills which field',
      column: ': name the column of the file, or give a constant',
    },
  });
}
