import type { Command } from 'commander';
import type { CommandDefinition, CommandRunner } from '../command-line.ts';
import { sloConvert } from './slo/convert.ts';
import { sloExclude } from './slo/exclude.ts';
import { sloExclusions } from './slo/exclusions.ts';
import { sloGenerate } from './slo/generate.ts';
import { sloRecount } from './slo/recount.ts';
import { sloStatus } from './slo/status.ts';
import { sloValidate } from './slo/validate.ts';

/** One command below `slo`, in a file of its own. */
export type SloCommand = (slo: Command, run: CommandRunner) => void;

/** In the order in which help lists them. */
const parts: readonly SloCommand[] = [
  sloValidate,
  sloConvert,
  sloGenerate,
  sloStatus,
  sloExclude,
  sloExclusions,
  sloRecount,
];

export const sloCommand: CommandDefinition = (program, run) => {
  const slo = program
    .command('slo')
    .description('service level objectives: specs, rules, error budgets (服务等级目标)');
  for (const define of parts) define(slo, run);
};
