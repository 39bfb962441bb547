import { InputError, provenances } from '../../collectors/contract.ts';
import type { ConflictDecision } from '../../dashboards/contract.ts';
import {
  type ConflictResolution,
  capitalised,
  leavesOf,
  type Model,
  provenanceTitles,
  type SourceComparison,
} from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { disputeIn, type Redo, resolveConflict, withdrawDecision } from '../compose/conflicts.ts';
import { evaluateFromStore } from '../compose/evaluate.ts';
import { findModel, shippedModels } from '../compose/models.ts';
import type { CommandContext } from '../context.ts';
import { figureText, tableText } from '../table.ts';
import { wordsIn } from '../words.ts';
import { evaluationText } from './evaluate.ts';

interface Options {
  readonly subject: string;
  readonly period: string;
  readonly model?: string;
  readonly asOf?: string;
}

interface ResolveOptions extends Options {
  readonly value?: string;
  readonly provenance?: string;
  readonly by: string;
  readonly reason: string;
}

/** Evaluates each model anew, with the cut-off named or that of the evaluation saved last; saves nothing. */
async function evaluateModels(
  store: EvidenceStore,
  context: CommandContext,
  options: Options,
): Promise<Redo[]> {
  const models =
    options.model === undefined
      ? shippedModels()
      : [await findModel(options.model, (path) => context.path(path))];
  const made: Redo[] = [];
  for (const model of models) {
    const { subject, period } = options;
    const saved = await store.evaluations.latest(model.id, subject, period);
    const asOf = options.asOf ?? saved?.asOf;
    made.push({ model, evaluation: await evaluateFromStore(store, { model, subject, period, asOf }) });
  }
  return made;
}

/** The one model in which the indicator is in dispute. */
function redoFor(made: readonly Redo[], indicator: string): Redo {
  const having = made.filter(({ model }) => leavesOf(model).some(({ id }) => id === indicator));
  const [first] = having;
  if (!first) throw new InputError(`no model has an indicator "${indicator}"`);
  const disputed = having.filter(({ evaluation }) => {
    const decided = (evaluation.resolutions ?? []).map(({ comparison }) => comparison);
    return [...evaluation.conflicts, ...decided].some((each) => each.indicator === indicator);
  });
  const [redo, second] = disputed;
  if (second) {
    const ids = disputed.map(({ model }) => model.id).join(', ');
    throw new InputError(`"${indicator}" is in conflict in ${ids}: name one by --model`);
  }
  return redo ?? first;
}

function decisionFrom(comparison: SourceComparison, options: ResolveOptions): ConflictDecision {
  const { value, provenance } = options;
  if (provenance !== undefined && !provenances.some((each) => each === provenance)) {
    throw new InputError(`--provenance "${provenance}" is unknown: write one of ${provenances.join(', ')}`);
  }
  const chosen = comparison.candidates.filter(
    (each) =>
      (value === undefined || each.value === Number(value)) &&
      (provenance === undefined || each.provenance === provenance),
  );
  const [candidate, other] = chosen;
  const named =
    candidate?.value != null && candidate.provenance !== null && (value ?? provenance) !== undefined;
  if (!named || other) {
    const known = comparison.candidates.map((each) => `${each.value} (${each.provenance})`).join(', ');
    throw new InputError(
      `say by --value or --provenance which one source of "${comparison.indicator}" counts: ${known}`,
    );
  }
  return {
    indicator: comparison.indicator,
    value: candidate.value ?? 0,
    provenance: candidate.provenance ?? 'measured',
    decidedBy: options.by,
    reason: options.reason,
  };
}

export const conflictCommand: CommandDefinition = (program, run) => {
  const conflict = program
    .command('conflict')
    .description('figures whose sources disagree, and decisions on them');
  const withScope = (name: string, description: string) =>
    conflict
      .command(name)
      .description(description)
      .requiredOption('--subject <id>', 'what is evaluated')
      .requiredOption('--period <period>', '2026-W37, 2026-09, 2026-Q3 or 2026')
      .option('--model <model>', 'id of a shipped model, or a .yaml file; all shipped models when absent')
      .option('--as-of <time>', 'cut-off; that of the evaluation saved last when absent');

  withScope('list', 'open conflicts and standing decisions').action(
    run<Options>(async (context, _operands, options) => {
      const { made, standing } = await context.withStore(async (store) => ({
        made: await evaluateModels(store, context, options),
        standing: await store.resolutions.list(options.subject, options.period),
      }));
      const open = made.flatMap(({ model, evaluation }) =>
        evaluation.conflicts.map((of) => ({ model: model.id, ...of })),
      );
      const lapsed = made.flatMap(({ evaluation }) => evaluation.lapsedResolutions ?? []);
      const decided = standing.map((each) => ({
        ...each,
        isLapsed: lapsed.some((one) => one.dispute === each.dispute && one.indicator === each.indicator),
      }));
      context.answer({ conflicts: open, resolutions: decided }, () =>
        listText(open, decided, { context, models: made.map(({ model }) => model) }),
      );
    }),
  );

  withScope('resolve', 'decide which source counts, evaluate again with the same cut-off and save')
    .argument('<indicator>', 'full id of the indicator in conflict')
    .option('--value <number>', 'the value that counts')
    .option('--provenance <class>', `the evidence class that counts: ${provenances.join(', ')}`)
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--reason <text>', 'why this source counts')
    .action(
      run<ResolveOptions>(async (context, [indicator = ''], options) => {
        const evaluation = await context.withStore(async (store) => {
          const redo = redoFor(await evaluateModels(store, context, options), indicator);
          const decision = decisionFrom(disputeIn(redo.evaluation, indicator), options);
          return resolveConflict(store, redo, { decision, at: context.surroundings.now() });
        });
        context.answer(evaluation, () => evaluationText(evaluation, context));
      }),
    );

  withScope('withdraw', 'take a decision back, evaluate again with the same cut-off and save')
    .argument('<indicator>', 'full id of the indicator that was decided')
    .action(
      run<Options>(async (context, [indicator = ''], options) => {
        const evaluation = await context.withStore(async (store) => {
          const redo = redoFor(await evaluateModels(store, context, options), indicator);
          return withdrawDecision(store, redo, { indicator, at: context.surroundings.now() });
        });
        context.answer(evaluation, () => evaluationText(evaluation, context));
      }),
    );
};

function listText(
  open: readonly (SourceComparison & { readonly model: string })[],
  decided: readonly (ConflictResolution & { readonly isLapsed: boolean })[],
  { context, models }: { readonly context: CommandContext; readonly models: readonly Model[] },
): string {
  const { language } = context;
  const word = wordsIn(language);
  const unitOf = (indicator: string) =>
    models.flatMap(leavesOf).find(({ id }) => id === indicator)?.unit ?? 'count';
  const conflicts = open.flatMap((each) =>
    each.candidates.map(({ value, provenance, source }, index) => [
      index === 0 ? each.model : '',
      index === 0 ? each.indicator : '',
      figureText(value, unitOf(each.indicator)),
      provenance ? capitalised(provenanceTitles[provenance][language]) : '',
      source?.files[0]?.name ?? source?.submittedBy ?? source?.query ?? '',
    ]),
  );
  const decisions = decided.map((each) => [
    each.indicator,
    figureText(each.value, unitOf(each.indicator)),
    capitalised(provenanceTitles[each.provenance][language]),
    each.decidedBy,
    each.decidedAt,
    each.reason,
    each.isLapsed ? word('lapsed') : '',
  ]);
  return [
    open.length === 0
      ? word('noConflict')
      : tableText([word('model'), word('node'), word('value'), word('evidence'), word('source')], conflicts),
    ...(decisions.length === 0
      ? []
      : [
          tableText(
            [
              word('node'),
              word('value'),
              word('evidence'),
              word('decidedBy'),
              word('decidedAt'),
              word('reason'),
              '',
            ],
            decisions,
          ),
        ]),
  ].join('\n');
}
