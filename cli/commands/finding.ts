import { endOfDay, InputError, parseCutoff, severities } from '../../collectors/contract.ts';
import { findingStates } from '../../store/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { asInputAsync, findSubject } from '../compose/evaluate.ts';
import { registerScope, wholeNumber } from '../compose/register-scope.ts';
import { localTimesIn } from '../local-times.ts';
import { findingsText, historyText, suppressionText } from '../security-texts.ts';

interface ListOptions {
  readonly subject?: string;
  readonly state: string;
  readonly severity?: string;
  readonly asset?: string;
  readonly rule?: string;
  readonly search?: string;
  readonly asOf?: string;
  readonly limit: string;
}

interface SuppressOptions {
  readonly subject: string;
  readonly rule: string;
  readonly asset?: string;
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

/** One of the names, or null for `all`. */
function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name | null {
  if (text === 'all') return null;
  const name = names.find((each) => each === text);
  if (!name) throw new InputError(`${option} "${text}" is unknown: write one of ${names.join(', ')}, all`);
  return name;
}

/** A day counts to its end, as in the form of the page. InputError that names the option, not `--as-of`, which times are read like. */
function expiryOf(until: string, timeZone: string): string {
  try {
    return endOfDay(until, timeZone) ?? parseCutoff(until, timeZone);
  } catch (cause) {
    throw new InputError(`--until "${until}" is no time: write 2031-06-30, or 2031-06-30T18:00:00Z`, {
      cause,
    });
  }
}

/** More rows than anybody reads; the pages turn leaves. */
const mostRows = 10_000;

export const findingCommand: CommandDefinition = (program, run) => {
  const finding = program
    .command('finding')
    .description('findings of scanners, and their suppressions (安全发现)');

  finding
    .command('list')
    .description('findings of a subject and those below it: worst and oldest first')
    .option('--subject <id>', 'all subjects when absent')
    .option('--state <state>', `${findingStates.join(', ')}, all`, 'open')
    .option('--severity <severity>', severities.join(', '))
    .option('--asset <id>', 'id or alias of an asset')
    .option('--rule <rule>', 'rule or vulnerability, such as CVE-2031-1234')
    .option('--search <text>', 'part of rule, asset or title')
    .option('--as-of <time>', 'the register as it was then; now when absent')
    .option('--limit <number>', 'rows at most', '50')
    .action(
      run<ListOptions>(async (context, _operands, options) => {
        const { asset, rule, search } = options;
        const state = oneOf('--state', options.state, findingStates);
        const severity = oneOf('--severity', options.severity ?? 'all', severities);
        const limit = wholeNumber('--limit', options.limit, mostRows);
        const found = await context.withStore(async (store) => {
          const { subject, asOf: at } = options;
          const scope = await registerScope(store, { subject, at }, context.surroundings.now());
          return store.security.findings({
            ...{ ...scope, offset: 0, limit },
            ...(state === null ? {} : { state }),
            ...(severity === null ? {} : { severity }),
            ...(asset === undefined ? {} : { asset }),
            ...(rule === undefined ? {} : { rule }),
            ...(search === undefined ? {} : { search }),
          });
        });
        context.answer(found, () => findingsText(found, context.language));
      }),
    );

  finding
    .command('show')
    .description('one finding with its history and suppressions')
    .argument('<number>')
    .action(
      run(async (context, [number = '']) => {
        const id = wholeNumber('the finding', number);
        const { history, times } = await context.withStore(async (store) => ({
          history: await store.security.finding(id, context.surroundings.now()),
          times: await localTimesIn(store, context.options.timeZone),
        }));
        if (!history) throw new InputError(`there is no finding ${id}: see citygauge finding list`);
        context.answer(history, () => historyText(history, context.language, times));
      }),
    );

  finding
    .command('suppress')
    .description('hide a rule from the figures for a time, with who and why')
    .requiredOption('--subject <id>', 'whose findings; those of subjects below it too')
    .requiredOption('--rule <rule>', 'rule or vulnerability')
    .option('--asset <id>', 'one asset; every asset when absent')
    .requiredOption('--reason <text>', 'why it need not be fixed now')
    .requiredOption('--by <name>', 'who answers for it')
    .requiredOption('--until <time>', 'its last day, 2031-06-30, or a time with zone')
    .action(
      run<SuppressOptions>(async (context, _operands, options) => {
        const { rule, reason, by, until } = options;
        const { suppression, times } = await context.withStore(async (store) => {
          const { id, timeZone } = await findSubject(store, options.subject);
          const expiresAt = expiryOf(until, timeZone);
          const order = { subject: id, rule, asset: options.asset ?? null, reason, by, expiresAt };
          const at = context.surroundings.now();
          return {
            suppression: await asInputAsync(() => store.security.suppress({ ...order, at })),
            times: await localTimesIn(store, context.options.timeZone),
          };
        });
        context.answer(suppression, () => suppressionText(suppression, context.language, times));
      }),
    );

  finding
    .command('unsuppress')
    .description('end a suppression before it expires')
    .argument('<number>', 'of the suppression, as finding show lists it')
    .requiredOption('--by <name>', 'who ends it')
    .action(
      run<{ readonly by: string }>(async (context, [number = ''], { by }) => {
        const id = wholeNumber('the suppression', number);
        const at = context.surroundings.now();
        await context.withStore((store) => store.security.endSuppression(id, by, at));
        context.answer({ id, by, at }, () =>
          context.language === 'zh' ? `抑制 ${id} 已解除` : `suppression ${id} has ended`,
        );
      }),
    );
};
