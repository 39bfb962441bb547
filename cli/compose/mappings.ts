import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../collectors/contract.ts';
import { type Mapping, parseMapping, readMappingFile } from '../../collectors/records.ts';
import { sha256Of } from '../../scoring/contract.ts';

const folder = join(import.meta.dirname, '..', '..', 'samples', 'mappings');

/** Names of the shipped mappings, without `.yaml`. */
export function shippedMappings(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

export type LoadedMapping = { readonly mapping: Mapping; readonly sha256: string };

export function shippedMapping(name: string): Promise<LoadedMapping> {
  if (!shippedMappings().includes(name)) {
    throw new InputError(`mapping "${name}" is not shipped: choose one of ${shippedMappings().join(', ')}`);
  }
  return readMappingFile(join(folder, `${name}.yaml`));
}

export function mappingText(yaml: string): LoadedMapping {
  return { mapping: parseMapping(yaml, 'mapping'), sha256: sha256Of(yaml) };
}
