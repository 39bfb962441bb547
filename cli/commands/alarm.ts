import { InputError } from '../../collectors/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { registerScope, wholeNumber } from '../compose/register-scope.ts';
import { localTimesIn } from '../local-times.ts';
import { alarmsText } from '../security-texts.ts';

interface ListOptions {
  readonly subject?: string;
  readonly open?: boolean;
  readonly asOf?: string;
  readonly limit: string;
}

interface JudgeOptions {
  readonly verdict: string;
  readonly by: string;
  readonly reason: string;
}

const verdicts = ['confirmed', 'dismissed'] as const;
const mostRows = 10_000;

export const alarmCommand: CommandDefinition = (program, run) => {
  const alarm = program.command('alarm').description('security alarms and their judgement (安全告警)');

  alarm
    .command('list')
    .description('alarms of a subject and those below it, newest day first')
    .option('--subject <id>', 'all subjects when absent')
    .option('--open', 'those that nobody has judged yet')
    .option('--as-of <time>', 'the register as it was then; now when absent')
    .option('--limit <number>', 'rows at most', '50')
    .action(
      run<ListOptions>(async (context, _operands, options) => {
        const { subject, asOf: at, open } = options;
        const limit = wholeNumber('--limit', options.limit, mostRows);
        const { found, times } = await context.withStore(async (store) => {
          const scope = await registerScope(store, { subject, at }, context.surroundings.now());
          const judged = open ? { isJudged: false } : {};
          return {
            found: await store.security.alarms({ ...scope, offset: 0, limit, ...judged }),
            times: await localTimesIn(store, context.options.timeZone),
          };
        });
        context.answer(found, () => alarmsText(found, context.language, times));
      }),
    );

  alarm
    .command('judge')
    .description('say whether an alarm was real; the latest judgement counts, all are kept')
    .argument('<number>', 'of the alarm, as alarm list shows it')
    .requiredOption('--verdict <verdict>', verdicts.join(', '))
    .requiredOption('--by <name>', 'who judges')
    .requiredOption('--reason <text>', 'what it rests on')
    .action(
      run<JudgeOptions>(async (context, [number = ''], { by, reason, ...options }) => {
        const id = wholeNumber('the alarm', number);
        const verdict = verdicts.find((each) => each === options.verdict);
        if (!verdict)
          throw new InputError(
            `--verdict "${options.verdict}" is unknown: write one of ${verdicts.join(', ')}`,
          );
        const judgement = { verdict, by, reason, at: context.surroundings.now() };
        await context.withStore((store) => store.security.judgeAlarm(id, judgement));
        context.answer({ id, ...judgement }, () =>
          context.language === 'zh' ? `告警 ${id} 的研判已记录` : `the judgement of alarm ${id} is kept`,
        );
      }),
    );
};
