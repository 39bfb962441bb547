import { InputError } from '../../collectors/contract.ts';
import { leavesOf, type Model, type ModelNode } from '../../scoring/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { asInputAsync, findSubject, periodAndCutoff } from '../compose/evaluate.ts';
import { findModel, shippedModels } from '../compose/models.ts';
import { figureText, tableText } from '../table.ts';
import { sliceTitle, wordsIn } from '../words.ts';

interface Options {
  readonly subject: string;
  readonly period: string;
  readonly by: string;
  readonly asOf?: string;
  readonly model?: string;
}

/** A leaf by full id, or by its last part when only one leaf of the models has it. */
export function findLeaf(models: readonly Model[], id: string): ModelNode {
  const leaves = models.flatMap(leavesOf);
  const exact = leaves.filter((leaf) => leaf.id === id);
  const found = exact.length > 0 ? exact : leaves.filter((leaf) => leaf.localId === id);
  const [leaf, other] = found;
  if (leaf && !other) return leaf;
  if (other) {
    throw new InputError(
      `indicator "${id}" is ambiguous: write one of ${found.map((each) => each.id).join(', ')}`,
    );
  }
  const measured = leaves.filter((each) => each.leaf?.measure.kind === 'records').map((each) => each.id);
  throw new InputError(
    `indicator "${id}" is unknown: those measured from records are ${measured.join(', ')}`,
  );
}

export const drillCommand: CommandDefinition = (program, run) => {
  program
    .command('drill')
    .description('break one indicator down by slice; the parts add up to the whole')
    .argument('<indicator>', 'id of an indicator measured from records, such as closure.closureRatio')
    .requiredOption('--subject <id>', 'what is looked at')
    .requiredOption('--period <period>', '2026-W37, 2026-09, 2026-Q3 or 2026')
    .requiredOption('--by <slice>', 'unit, type, neighbourhood, channel or subject')
    .option('--as-of <time>', 'cut-off; the end of the period when absent')
    .option('--model <model>', 'id of a shipped model, or a .yaml file; all shipped models when absent')
    .action(
      run<Options>(async (context, [indicator], options) => {
        const models =
          options.model === undefined
            ? shippedModels()
            : [await findModel(options.model, (path) => context.path(path))];
        const leaf = findLeaf(models, indicator ?? '');
        const drill = await context.withStore(async (store) => {
          const subject = await findSubject(store, options.subject);
          const range = periodAndCutoff(options.period, subject.timeZone, options.asOf);
          return asInputAsync(() =>
            store.evidence.drill({ subject: subject.id, ...range, leaf, by: options.by }),
          );
        });
        const word = wordsIn(context.language);
        const row = (name: string, part: typeof drill.whole) => [
          name,
          figureText(part.value, leaf.unit),
          String(part.numerator),
          String(part.denominator),
        ];
        context.answer(drill, () =>
          tableText(
            [sliceTitle(options.by, context.language), word('value'), word('numerator'), word('denominator')],
            [
              ...drill.parts.map((part) => row(part.slice ?? word('empty'), part)),
              row(word('whole'), drill.whole),
            ],
          ),
        );
      }),
    );
};
