import { existsSync } from 'node:fs';
import { InputError } from '../../collectors/contract.ts';
import { type ReportFormat, reportFormats } from '../../reports/contract.ts';
import { renderReport } from '../../reports/render.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { CommandDefinition } from '../command-line.ts';
import { parseEvaluation } from '../compose/evaluation-file.ts';
import { findModel, readUserFile } from '../compose/models.ts';
import { bundleOf, formatOf, issueReport } from '../compose/report.ts';
import type { CommandContext } from '../context.ts';
import { writeWhole } from '../whole-file.ts';

interface Options {
  readonly format: string;
  readonly out?: string;
  readonly model?: string;
}

interface Made {
  readonly number: string;
  readonly bytes: Uint8Array;
  readonly evaluation: Evaluation;
}

async function fromFile(context: CommandContext, path: string, options: Options): Promise<Made> {
  const format = formatOf(options.format);
  const evaluation = parseEvaluation(path, (await readUserFile(path)).toString('utf8'));
  const own = options.model && (await findModel(options.model, (name) => context.path(name)));
  const bundle = await bundleOf(evaluation, context.language, { models: own ? [own] : [] });
  return {
    number: bundle.number,
    bytes: await renderReport(bundle, format, { engine: scoringEngine }),
    evaluation,
  };
}

function fromStore(context: CommandContext, id: string, format: ReportFormat): Promise<Made> {
  return context.withStore(async (store) => {
    const evaluation = await store.evaluations.get(id);
    if (!evaluation) {
      throw new InputError(
        `"${id}" is neither a file nor the id of an evaluation: "citygauge subject show ID" lists them`,
      );
    }
    const { summary, bytes } = await issueReport(store, evaluation, {
      format,
      language: context.language,
      createdAt: context.surroundings.now(),
      tracing: context.tracing,
    });
    return { number: summary.number, bytes, evaluation };
  });
}

export const reportCommand: CommandDefinition = (program, run) => {
  program
    .command('report')
    .description(
      'make a report of an evaluation, from the store with the trend over earlier periods, from a file without; the same number stands for the same bytes',
    )
    .argument(
      '<evaluation>',
      'sha256 of a saved evaluation (8 digits or more), or a file written by evaluate --out',
    )
    .option('--format <format>', reportFormats.join(', '), 'pdf')
    .option('--model <file>', 'with a file: the model it was made with, when that is no shipped one')
    .option('--out <file>', 'where to write; <report number>.<format> when absent')
    .action(
      run<Options>(async (context, [name = ''], options) => {
        const format = formatOf(options.format);
        const file = context.path(name);
        const made = existsSync(file)
          ? await fromFile(context, file, options)
          : await fromStore(context, name, format);
        const out = options.out ?? `${made.number}.${format}`;
        await writeWhole(context.path(out), made.bytes);
        const answer = {
          number: made.number,
          format,
          file: out,
          bytes: made.bytes.length,
          evaluation: made.evaluation.sha256,
        };
        context.answer(answer, () => `${out}  ${made.bytes.length} bytes  ${made.number}`);
      }),
    );
};
