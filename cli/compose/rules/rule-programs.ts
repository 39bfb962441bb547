import { join } from 'node:path';
import type { ProcessPort } from '../../../collectors/contract.ts';
import { processRunner } from '../../../collectors/ports/run-process.ts';
import type { CommandContext } from '../../context.ts';

/** What a program said of the files. */
export interface Verdict {
  readonly program: string;
  readonly state: 'accepted' | 'refused' | 'absent';
  /** How many files it read. */
  readonly files: number;
  /** What it objected to, or why it could not be run; empty when it accepted everything. */
  readonly complaint: string;
}

export interface ProgramOrder {
  readonly folder: string;
  readonly names: readonly string[];
}

/** The command line takes 2 MiB as a rule; so many paths stay well below. */
const filesAtOnce = 2000;
/** 10,000 SLOs are tested in minutes. */
const timeoutMilliseconds = 900_000;
const maxBytes = 64 * 1024 * 1024;

interface Call extends ProgramOrder {
  readonly program: string;
  args(paths: readonly string[]): readonly string[];
}

/** What promtool and vmalert print, without the files that they found good: thousands of those hide the one that is not. */
export function objections(printed: string): string {
  return printed
    .replaceAll(/^(?:Checking|Unit Testing:) .*\n+ {2}SUCCESS.*$/gm, '')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}

async function callProgram(
  context: CommandContext,
  { program, folder, names, args }: Call,
): Promise<Verdict> {
  const processes: ProcessPort = processRunner(context.surroundings.environment);
  if (!(await processes.exists(program))) {
    return { program, state: 'absent', files: 0, complaint: `${program} is not on PATH` };
  }
  const complaints: string[] = [];
  const { signal } = context.surroundings;
  for (let start = 0; start < names.length; start += filesAtOnce) {
    const paths = names.slice(start, start + filesAtOnce).map((name) => join(folder, name));
    const limits = { timeoutMilliseconds, maxBytes, signal };
    const ran = await processes.run({ program, args: args(paths), ...limits });
    if (ran.exitCode !== 0)
      complaints.push(objections(`${ran.stderr}\n${Buffer.from(ran.stdout).toString('utf8')}`));
  }
  const state = complaints.length === 0 ? 'accepted' : 'refused';
  return { program, state, files: names.length, complaint: complaints.join('\n') };
}

/** Whether Prometheus takes the rules. */
export const checkRules = (context: CommandContext, order: ProgramOrder) =>
  callProgram(context, { ...order, program: 'promtool', args: (paths) => ['check', 'rules', ...paths] });

/** Whether VictoriaMetrics takes them. */
export const checkVictoriaRules = (context: CommandContext, order: ProgramOrder) =>
  callProgram(context, {
    ...order,
    program: 'vmalert',
    args: (paths) => ['-dryRun', '-loggerLevel=ERROR', ...paths.map((path) => `-rule=${path}`)],
  });

/** Whether the alerts fire and stay silent as their tests say. */
export const testRules = (context: CommandContext, order: ProgramOrder) =>
  callProgram(context, { ...order, program: 'promtool', args: (paths) => ['test', 'rules', ...paths] });
