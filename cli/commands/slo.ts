import type { Command } from 'commander';
import type { CommandDefinition, CommandRunner } from '../command-line.ts';

/** One command below `slo`, in a file of its own. */
export type SloCommand = (slo: Command, run: CommandRunner) => void;

/** In the order in which help lists them. */
const parts: readonly SloCommand[] = [];

export const sloCommand: CommandDefinition = (program, run) => {
  const slo = program
    .command('slo')
    .description('service level objectives: specs, rules, error budgets (服务等级目标)');
  for (const define of parts) define(slo, run);
};
