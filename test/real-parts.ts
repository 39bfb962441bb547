import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Context } from 'mocha';

/** Set in continuous integration: a real part that is absent then fails its tests instead of skipping them. */
const mustHaveRealParts = process.env.CITYGAUGE_REQUIRE_REAL_PARTS === '1';

function absent(context: Context, sentence: string): never {
  if (mustHaveRealParts) throw new Error(`${sentence} (required because CITYGAUGE_REQUIRE_REAL_PARTS=1)`);
  console.log(`      skipped: ${sentence}`);
  return context.skip();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a program on PATH or in one of the extra folders; skips the running test, or fails it in CI, when absent. */
export function requireProgram(context: Context, name: string, folders: readonly string[] = []): string {
  const candidates = [...(process.env.PATH ?? '').split(delimiter), ...folders].map((folder) =>
    join(folder, name),
  );
  return candidates.find(isExecutable) ?? absent(context, `${name} is not installed`);
}

/** Path below `../shared/data`; skips the running test, or fails it in CI, when the folder is absent. */
export function requireSharedData(context: Context, path: string): string {
  const full = join(import.meta.dirname, '..', '..', 'shared', 'data', path);
  return existsSync(full) ? full : absent(context, `${full} is not there`);
}
