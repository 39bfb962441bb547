import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsPage } from './pages/commands.ts';
import { metricsPage } from './pages/metrics.ts';
import { modelPages } from './pages/models.ts';
import { qualityChecksPage } from './pages/quality-checks.ts';
import { recordsPage } from './pages/records.ts';
import { schemaFiles } from './pages/schemas.ts';

const folder = join(import.meta.dirname, 'reference');

/** Every generated file of the reference: name -> text. */
export async function referenceFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['commands.md', commandsPage()],
    ['metrics.md', metricsPage()],
    ['quality-checks.md', qualityChecksPage()],
    ['records.md', recordsPage()],
    ...modelPages(),
    ...(await schemaFiles()),
  ]);
}

/** Names of files that are missing, stale or no longer generated. */
export function staleFiles(
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string[] {
  const names = new Set([...expected.keys(), ...found.keys()]);
  return [...names].filter((name) => expected.get(name) !== found.get(name)).sort();
}

function filesOnDisk(): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

async function main(isCheck: boolean): Promise<number> {
  const expected = await referenceFiles();
  const stale = staleFiles(expected, filesOnDisk());
  if (isCheck) {
    if (stale.length > 0)
      console.error(`docs/reference is stale (${stale.join(', ')}): run "npm run docs" and commit`);
    else console.log(`docs/reference: ${expected.size} files up to date`);
    return stale.length > 0 ? 1 : 0;
  }
  mkdirSync(folder, { recursive: true });
  for (const name of stale) {
    const text = expected.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  console.log(`docs/reference: ${expected.size} files, ${stale.length} written`);
  return 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.includes('--check'));
