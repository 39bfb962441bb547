import { InputError, type Language } from '../../collectors/contract.ts';
import { coverageOf, type Evaluation, overallCoverageOf, stateTitles } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { CommandDefinition } from '../command-line.ts';
import { type EvaluationOrder, evaluateFromStore, findSubject } from '../compose/evaluate.ts';
import { findModel } from '../compose/models.ts';
import { evaluateFile } from '../compose/observations.ts';
import type { CommandContext } from '../context.ts';
import { figureText, percentText, scoreText, tableText } from '../table.ts';
import { writeWhole } from '../whole-file.ts';
import { wordsIn } from '../words.ts';

interface Options {
  readonly model: string;
  readonly subject: string;
  readonly period: string;
  readonly asOf?: string;
  readonly observations?: string;
  readonly save?: boolean;
  readonly out?: string;
  readonly interpretation: readonly string[];
}

/** `--interpretation overall-rule=literal`, several times. */
export function interpretationsFrom(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [id, option, more] = pair.split('=');
      if (!id || !option || more !== undefined) {
        throw new InputError(
          `--interpretation "${pair}" does not parse: write id=option, for example overall-rule=literal`,
        );
      }
      return [id, option];
    }),
  );
}

export const evaluateCommand: CommandDefinition = (program, run) => {
  program
    .command('evaluate')
    .description('compute one evaluation from the store, save and print it')
    .requiredOption('--model <model>', 'id of a shipped model, or a .yaml file')
    .requiredOption('--subject <id>', 'what is evaluated')
    .requiredOption('--period <period>', '2026-W37, 2026-09, 2026-Q3 or 2026, in the subject’s zone')
    .option('--as-of <time>', 'cut-off; the end of the period when absent')
    .option('--observations <file>', 'score this file of observations alone, without the store')
    .option('--save', 'with --observations: save the evaluation in the store')
    .option('--out <file>', 'also write the evaluation as canonical JSON')
    .option(
      '--interpretation <id=option>',
      'read an open point of the model otherwise (repeatable)',
      collect,
      [],
    )
    .action(
      run<Options>(async (context, _operands, options) => {
        const order: EvaluationOrder = {
          model: await findModel(options.model, (path) => context.path(path)),
          subject: options.subject,
          period: options.period,
          asOf: options.asOf,
          interpretations: interpretationsFrom(options.interpretation),
          tracing: context.tracing,
        };
        const evaluation = await evaluateBy(context, order, options);
        if (options.out !== undefined) {
          await writeWhole(context.path(options.out), scoringEngine.serialise(evaluation));
        }
        const failures = failuresText(evaluation, context.language);
        if (failures !== null) context.surroundings.stderr(`citygauge: ${failures}\n`);
        context.answer(evaluation, () => evaluationText(evaluation, context));
      }),
    );
};

function collect(value: string, all: readonly string[]): string[] {
  return [...all, value];
}

async function evaluateBy(
  context: CommandContext,
  order: EvaluationOrder,
  options: Options,
): Promise<Evaluation> {
  const save = (evaluation: Evaluation) =>
    context.withStore(async (store) => {
      await findSubject(store, order.subject);
      await store.evaluations.save(evaluation, order.model, context.surroundings.now());
    });
  if (options.observations !== undefined) {
    const zone = context.options.timeZone ?? 'Asia/Shanghai';
    const evaluation = await evaluateFile(context.path(options.observations), order, zone);
    if (options.save) await save(evaluation);
    return evaluation;
  }
  return context.withStore(async (store) => {
    const evaluation = await evaluateFromStore(store, order);
    await store.evaluations.save(evaluation, order.model, context.surroundings.now());
    return evaluation;
  });
}

/** How many figures telemetry failed to give, with the first reason; null where it gave all that it should. */
export function failuresText({ observations }: Evaluation, language: Language): string | null {
  const failed = observations.filter(({ state }) => state === 'failed');
  const [first] = failed;
  if (!first) return null;
  const reason = first.reason?.[language] ?? stateTitles.failed[language];
  return language === 'zh'
    ? `${failed.length} 项指标采集失败，未能取得数值，其中 ${first.indicator}：${reason}`
    : `${failed.length} ${failed.length === 1 ? 'figure' : 'figures'} failed; the first, ${first.indicator}: ${reason}`;
}

/** The evaluation as tables: overall, then every node. */
export function evaluationText(evaluation: Evaluation, context: CommandContext): string {
  const word = wordsIn(context.language);
  const { overall, subject, model, period } = evaluation;
  const rows = evaluation.nodes.map((node) => [
    `${'  '.repeat(node.level - 1)}${node.id}`,
    node.title[context.language],
    node.grade ?? '',
    scoreText(node.score),
    figureText(node.value, node.unit),
    node.points === null ? '—' : `${node.points.toFixed(1)}/${node.pointsPossible.toFixed(0)}`,
    percentText(coverageOf(node)),
    stateTitles[node.state][context.language],
  ]);
  return [
    `${subject.name[context.language]} · ${model.title[context.language]} ${model.version} · ${period.id} (${period.timeZone})`,
    ...(subject.isSample ? [`*** ${word('sample')} ***`] : []),
    `${word('asOf')} ${evaluation.asOf}`,
    tableText(
      [
        '',
        word('node'),
        word('grade'),
        word('score'),
        word('value'),
        word('points'),
        word('coverage'),
        word('state'),
      ],
      rows,
    ),
    `${word('overall')}: ${overall.grade ?? word('ungraded')}${overall.score === null ? '' : ` · ${scoreText(overall.score)}`} · ${word('coverage')} ${percentText(overallCoverageOf(evaluation))}`,
    overall.reason[context.language],
    ...(evaluation.stage
      ? [
          `${word('stage')}: ${evaluation.stage.title?.[context.language] ?? word('noStage')}`,
          evaluation.stage.reason[context.language],
        ]
      : []),
    `sha256 ${evaluation.sha256}`,
  ].join('\n');
}
