import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { Context } from 'mocha';
import { requireProgram } from './real-parts.ts';

type RuleProgram = 'promtool' | 'vmalert';

/** Where the message of a failed test is cut: promtool writes pages about each alert. */
const longestComplaint = 6000;

/** What a program says of rule files, and whether it accepts them; skips the test, or fails it in CI, where it is absent. */
export function runRuleProgram(context: Context, name: RuleProgram, args: readonly string[]) {
  const program = requireProgram(context, name);
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { isAccepted: status === 0, said: `${stdout}${stderr}` };
}

/** What a program says of rule files that it accepts; fails with its complaint otherwise. */
export function acceptedBy(context: Context, name: RuleProgram, args: readonly string[]): string {
  const { isAccepted, said } = runRuleProgram(context, name, args);
  assert.ok(isAccepted, said.slice(0, longestComplaint));
  return said;
}
