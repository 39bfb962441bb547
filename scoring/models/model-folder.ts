import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packs that ship, in display order; the file of each is its id with `.yaml`. */
export const shippedModelIds = ['scie-2021-value', 'event-loop-2022', 'citygauge-operations'] as const;

/** Reads the shipped model files from the folder beside this file. */
export function readShippedModels(): { readonly id: string; readonly yaml: string }[] {
  return shippedModelIds.map((id) => ({
    id,
    yaml: readFileSync(join(import.meta.dirname, `${id}.yaml`), 'utf8'),
  }));
}
