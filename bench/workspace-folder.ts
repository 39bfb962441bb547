import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one bench, gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The Boston work orders beside the checkout; ends the bench with a line where they are absent. */
export function bostonFile(): string {
  const path = join(import.meta.dirname, '../../shared/data/boston-311-2015/boston-311-2015.csv.gz');
  if (existsSync(path)) return path;
  console.log(`skipped: ${path} is not there`);
  process.exit(0);
}

export const bostonMapping = join(import.meta.dirname, '../samples/mappings/boston-311.yaml');
