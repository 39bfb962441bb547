import { Command, CommanderError } from 'commander';
import { InputError } from '../collectors/contract.ts';
import { alarmCommand } from './commands/alarm.ts';
import { assetCommand } from './commands/asset.ts';
import { collectCommand } from './commands/collect.ts';
import { conflictCommand } from './commands/conflict.ts';
import { dashboardsCommand } from './commands/dashboards.ts';
import { doctorCommand } from './commands/doctor.ts';
import { drillCommand } from './commands/drill.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { findingCommand } from './commands/finding.ts';
import { importCommand } from './commands/import.ts';
import { modelCommand } from './commands/model.ts';
import { qualityCommand } from './commands/quality.ts';
import { reportCommand } from './commands/report.ts';
import { rulesCommand } from './commands/rules.ts';
import { sampleCommand } from './commands/sample.ts';
import { sloCommand } from './commands/slo.ts';
import { startCommand } from './commands/start.ts';
import { subjectCommand } from './commands/subject.ts';
import { thresholdCommand } from './commands/threshold.ts';
import { verifyCommand } from './commands/verify.ts';
import { CommandContext, type GlobalOptions, ServedElsewhere } from './context.ts';
import { runOnServer } from './control-client.ts';
import { exitCodes, type Surroundings } from './surroundings.ts';
import { plainText } from './table.ts';
import { version } from './version-file.ts';

/** What a command file gives: it adds itself to the program and runs in the context it is handed. */
export type CommandDefinition = (program: Command, run: CommandRunner) => void;

/** Wraps a command's work as a commander action: makes the context, hands over operands and options, keeps the exit code. */
export type CommandRunner = <Options>(
  work: (
    context: CommandContext,
    operands: readonly (string | undefined)[],
    options: Options,
  ) => Promise<void>,
) => (...args: unknown[]) => Promise<void>;

/** In the order in which help lists them. */
const definitions: readonly CommandDefinition[] = [
  startCommand,
  importCommand,
  collectCommand,
  qualityCommand,
  findingCommand,
  assetCommand,
  alarmCommand,
  sloCommand,
  thresholdCommand,
  rulesCommand,
  subjectCommand,
  evaluateCommand,
  drillCommand,
  conflictCommand,
  reportCommand,
  verifyCommand,
  modelCommand,
  dashboardsCommand,
  sampleCommand,
  doctorCommand,
];

/** The whole command line; also what the reference page is generated from. */
export function buildProgram(surroundings: Surroundings, finish: (exitCode: number) => void): Command {
  const program = new Command('citygauge')
    .description('CityGauge (城衡): evaluates how a city runs, in reports that anyone can recompute')
    .version(version)
    .option(
      '--data <folder>',
      'folder of the embedded evidence store (DATABASE_URL names a server instead)',
      './data',
    )
    .option('--json', 'print the machine form on stdout and nothing else there', false)
    .option('--lang <language>', 'zh or en', 'zh')
    .option('--time-zone <zone>', 'IANA zone for a new subject, and for local times without zone')
    .configureOutput({
      writeOut: surroundings.stdout,
      writeErr: surroundings.stderr,
      outputError: (text, write) => write(text.replace(/^error: /, 'citygauge: ')),
    })
    .exitOverride();
  const run: CommandRunner =
    (work) =>
    async (...args) => {
      const context = new CommandContext(surroundings, program.opts<GlobalOptions>());
      // commander hands over the operands, then the options, then the command itself.
      const operands = args.slice(0, -2) as (string | undefined)[];
      await work(context, operands, args.at(-2) as never);
      finish(context.exitCode);
    };
  for (const define of definitions) define(program, run);
  return program;
}

function explain(error: unknown, surroundings: Surroundings): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  if (error instanceof InputError) {
    for (const fault of error.faults) surroundings.stderr(`citygauge: ${plainText(fault)}\n`);
    return exitCodes.badInput;
  }
  if (surroundings.signal.aborted) {
    surroundings.stderr('citygauge: interrupted; nothing was written, run the command again\n');
    return exitCodes.badInput;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  surroundings.stderr(`citygauge: an internal fault, please report it with these lines:\n${detail}\n`);
  return exitCodes.badInput;
}

/** Runs one command and returns its exit code; every fault ends as sentences on stderr. */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = buildProgram(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof ServedElsewhere)) return explain(error, surroundings);
    return runOnServer(error, argv, surroundings).catch((fault: unknown) => explain(fault, surroundings));
  }
}
