import { InputError, nearest } from '../../collectors/contract.ts';
import { warningOf } from '../../rules/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { findSubject } from '../compose/evaluate.ts';
import { registerScope, wholeNumber } from '../compose/register-scope.ts';
import { installedThresholds, type JudgedThreshold, judgeAllNow } from '../compose/threshold/check.ts';
import { localTimesIn } from '../local-times.ts';
import { exitCodes } from '../surroundings.ts';
import { changesText, lampsText, thresholdsText } from '../threshold-tables.ts';

interface FileOption {
  readonly file?: string;
}

interface CheckOptions extends FileOption {
  readonly at?: string;
}

interface HistoryOptions {
  readonly subject?: string;
  readonly limit: string;
}

const mostChanges = 10_000;

function machineForm({ threshold, states }: JudgedThreshold) {
  return {
    threshold: threshold.id,
    title: threshold.title,
    states: states.map((state) => {
      const { memory: _memory, threshold: _threshold, ...rest } = state;
      return { ...rest, warning: warningOf(threshold, state) };
    }),
  };
}

const isCalm = ({ threshold, states }: JudgedThreshold) =>
  states.every((state) => warningOf(threshold, state) === null);

export const thresholdCommand: CommandDefinition = (program, run) => {
  const threshold = program.command('threshold').description('graded thresholds and their lamps (颜色预警)');

  threshold
    .command('check')
    .description(
      'judge every threshold and print its lamps, saving nothing; exit code 1 when a warning is raised',
    )
    .option('--file <file>', 'threshold file; those of the installation when absent')
    .option('--at <time>', 'judge as of then; now when absent')
    .action(
      run<CheckOptions>(async (context, _operands, { file, at }) => {
        const { judged, times } = await context.withStore(async (store) => {
          const thresholds = await installedThresholds(context, store, file);
          const scope = await registerScope(store, { subject: undefined, at }, context.surroundings.now());
          return {
            judged: await judgeAllNow(store, thresholds, scope.at),
            times: await localTimesIn(store, context.options.timeZone),
          };
        });
        if (!judged.every(isCalm)) context.exitCode = exitCodes.notSo;
        context.answer(judged.map(machineForm), () => lampsText(judged, context.language, times));
      }),
    );

  threshold
    .command('list')
    .description('the thresholds, what they watch, and their grades')
    .option('--file <file>', 'threshold file; those of the installation when absent')
    .action(
      run<FileOption>(async (context, _operands, { file }) => {
        const thresholds = await context.withStore((store) => installedThresholds(context, store, file));
        context.answer(thresholds, () => thresholdsText(thresholds, context.language));
      }),
    );

  threshold
    .command('history')
    .description('changes of the lamps of a threshold, newest first')
    .argument('<id>', 'of the threshold, as threshold list shows it')
    .option('--subject <id>', 'only of this subject; all when absent')
    .option('--limit <number>', 'changes at most', '50')
    .action(
      run<HistoryOptions>(async (context, [id = ''], options) => {
        const limit = wholeNumber('--limit', options.limit, mostChanges);
        const { changes, times, unit } = await context.withStore(async (store) => {
          const subject =
            options.subject === undefined ? {} : { subject: (await findSubject(store, options.subject)).id };
          const known = await installedThresholds(context, store, undefined);
          const found = known.find((each) => each.id === id);
          const history = await store.thresholds.history({ threshold: id, limit, ...subject });
          if (!found && history.length === 0) throw new InputError(unknownThreshold(id, known));
          return {
            changes: history,
            times: await localTimesIn(store, context.options.timeZone),
            unit: found?.unit ?? '',
          };
        });
        context.answer(changes, () => changesText(changes, context.language, { times, unit }));
      }),
    );
};

function unknownThreshold(id: string, known: readonly { readonly id: string }[]): string {
  const near = nearest(
    id,
    known.map((each) => each.id),
  );
  const remedy = near === null ? 'list them with "citygauge threshold list"' : `did you mean ${near}?`;
  return `there is no threshold "${id}": ${remedy}`;
}
