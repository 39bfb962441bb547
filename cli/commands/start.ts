import { randomBytes } from 'node:crypto';
import { InputError } from '../../collectors/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { serve } from '../compose/serve.ts';
import { findSettings } from '../compose/telemetry/settings.ts';
import { CommandContext } from '../context.ts';
import { type LogOptions, logFormats, logLevels, logOptions } from '../observability/log.ts';

interface Options {
  readonly host: string;
  readonly port: string;
  readonly sample: boolean;
  readonly telemetry?: string;
  readonly withPrometheus?: true;
  readonly logFormat?: string;
  readonly logLevel?: string;
}

export const startCommand: CommandDefinition = (program, run) => {
  program
    .command('start')
    .description('everything: the store, the sample city on the first start, the pages and the API')
    .option('--host <address>', 'loopback only, until authentication exists', '127.0.0.1')
    .option('--port <port>', '0 takes a free one', '8080')
    .option('--no-sample', 'do not fill in the sample city on the first start')
    .option('--telemetry <file>', 'settings file; CITYGAUGE_TELEMETRY or <data>/telemetry.yaml when absent')
    .option(
      '--with-prometheus',
      'start the prometheus found on PATH beside it, with a configuration made from the jobs',
    )
    .option('--log-format <format>', `${logFormats.join(' or ')}; LOG_FORMAT or text when absent`)
    .option('--log-level <level>', `of the JSON log: ${logLevels.join(', ')}; LOG_LEVEL or info when absent`)
    .action(
      run<Options>(async (context, _operands, options) => {
        const port = Number(options.port);
        if (!Number.isInteger(port) || port < 0 || port > 65535) {
          throw new InputError(`--port "${options.port}" is no port: write a number from 0 to 65535`);
        }
        await serve(await withLog(context, logOptions(options, context.surroundings.environment)), {
          host: options.host,
          port,
          wantsSample: options.sample,
          withPrometheus: options.withPrometheus === true,
          telemetry: await findSettings(context, options.telemetry),
          token: randomBytes(32).toString('hex'),
        });
      }),
    );
};

/** The same context with every line of stderr in the JSON log; sentences that begin with our name tell of faults. */
async function withLog(context: CommandContext, options: LogOptions): Promise<CommandContext> {
  if (options.format === 'text') return context;
  const { jsonLog } = await import('../observability/json-log.ts');
  const { surroundings, tracing } = context;
  const log = jsonLog(options, { tracing, write: surroundings.stderr });
  const stderr = (text: string) => log.say(text.startsWith('citygauge: ') ? 'warn' : 'info', text);
  return new CommandContext({ ...surroundings, log, stderr, isTerminal: false }, context.options);
}
