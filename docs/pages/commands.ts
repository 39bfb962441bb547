import type { Command } from 'commander';
import { buildProgram } from '../../cli/command-line.ts';
import { generatedMark, tableOf } from './markdown.ts';

const silent = {
  cwd: '.',
  environment: {},
  isTerminal: false,
  columns: 100,
  signal: new AbortController().signal,
  now: () => '',
  stdout: () => {},
  stderr: () => {},
};

function optionRows(command: Command): string[][] {
  return command.options.map((option) => [
    `\`${option.flags}\`${option.mandatory ? ' (required)' : ''}`,
    option.description,
    option.defaultValue === undefined || Array.isArray(option.defaultValue) || option.defaultValue === false
      ? ''
      : `\`${option.defaultValue}\``,
  ]);
}

function usageOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  const operands = command.registeredArguments.map((each) =>
    each.required ? `<${each.name()}>` : `[${each.name()}]`,
  );
  return [...names, ...operands].join(' ');
}

function sectionsOf(command: Command): string[] {
  const own =
    command.commands.length > 0
      ? []
      : [
          `## ${usageOf(command)}\n\n${command.description()}.\n`,
          ...(command.options.length > 0
            ? [`${tableOf(['option', 'meaning', 'default'], optionRows(command))}\n`]
            : []),
        ];
  return [...own, ...command.commands.flatMap(sectionsOf)];
}

/** The command line as a page, from the same definitions that parse it. */
export function commandsPage(): string {
  const program = buildProgram(silent, () => {});
  return [
    '# Command line\n',
    generatedMark,
    'In the repository write `npm run -s citygauge -- <command>`. Exit code 0: done; 1: the thing asked for is not so; 2: wrong use or bad input, one sentence per fault on stderr and nothing half-written.\n',
    '## Options of every command\n',
    `${tableOf(['option', 'meaning', 'default'], optionRows(program))}\n`,
    ...program.commands.flatMap(sectionsOf),
  ].join('\n');
}
