import { InputError } from '../../collectors/contract.ts';
import { flattenNodes, type Model, type ModelNode } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import { checkReferences } from '../../scoring/model/references.ts';
import { type Calibration, stagesYaml } from '../../scoring/stages/calibrate.ts';
import type { CommandDefinition } from '../command-line.ts';
import { calibrate } from '../compose/calibrate.ts';
import { faultText, findModel, readUserFile, shippedModels } from '../compose/models.ts';
import type { CommandContext } from '../context.ts';
import { measureWords } from '../measure-words.ts';
import { exitCodes } from '../surroundings.ts';
import { tableText } from '../table.ts';
import { wordsIn } from '../words.ts';
import { findLeaf } from './drill.ts';

export const modelCommand: CommandDefinition = (program, run) => {
  const model = program.command('model').description('model files');

  model
    .command('check')
    .description('check a model file and list all of its faults; exit code 1 when there are any')
    .argument('<model>', 'a .yaml file, or the id of a shipped model')
    .action(
      run(async (context, [name = '']) => {
        const known = shippedModels().find((each) => each.id === name);
        const yaml = known?.yaml ?? (await readUserFile(context.path(name))).toString('utf8');
        const { faults: own, model: checked } = scoringEngine.checkModel(yaml);
        const faults = checked ? checkReferences(checked, shippedModels()) : own;
        context.exitCode = faults.length === 0 ? exitCodes.done : exitCodes.notSo;
        for (const fault of faults) context.surroundings.stderr(`${faultText(name, fault)}\n`);
        const verdict = {
          file: name,
          isValid: faults.length === 0,
          faults,
          sha256: faults.length === 0 ? (checked?.sha256 ?? null) : null,
        };
        context.answer(verdict, () =>
          faults.length === 0 && checked
            ? `${name}: ${checked.id} ${checked.version}, sha256 ${checked.sha256}`
            : `${name}: ${faults.length} faults`,
        );
      }),
    );

  model
    .command('show')
    .description(
      'a model as a tree with units, weights and formulas; without a name: the list of shipped models',
    )
    .argument('[model]', 'id of a shipped model, or a .yaml file')
    .action(
      run(async (context, [name]) => {
        if (name === undefined) {
          const list = shippedModels().map(({ id, version, title, sha256 }) => ({
            id,
            version,
            title,
            sha256,
          }));
          context.answer(list, () =>
            tableText(
              ['id', '', '', 'sha256'],
              list.map((each) => [
                each.id,
                each.version,
                each.title[context.language],
                each.sha256.slice(0, 12),
              ]),
            ),
          );
          return;
        }
        const found = await findModel(name, (path) => context.path(path));
        context.answer(found, () => modelText(found, context));
      }),
    );

  model
    .command('explain')
    .description(
      'one indicator of a model: how it is measured and scored, who owes it, what to do when it is out of its range',
    )
    .argument('<model>', 'id of a shipped model, or a .yaml file')
    .argument('<indicator>', 'full id of an indicator, or its last part where that is unique')
    .action(
      run(async (context, [name = '', indicator = '']) => {
        const found = await findModel(name, (path) => context.path(path));
        const node = findLeaf([found], indicator);
        context.answer(node, () => leafText(node, context));
      }),
    );

  model
    .command('calibrate')
    .description('propose thresholds of the stages from saved evaluations; proposes only, changes nothing')
    .argument('<model>', 'id of a shipped model with stages, or a .yaml file')
    .requiredOption('--subject <id>', 'whose history is read')
    .option('--periods <count>', 'how many of the latest periods are read', '36')
    .action(
      run<{ subject: string; periods: string }>(async (context, [name = ''], options) => {
        const found = await findModel(name, (path) => context.path(path));
        if (!/^[1-9]\d{0,3}$/.test(options.periods))
          throw new InputError(
            `--periods "${options.periods}" is no count: write a whole number from 1 to 9999`,
          );
        const count = Number(options.periods);
        const order = { model: found, subject: options.subject, count };
        const result = await context.withStore((store) => calibrate(store, order));
        context.answer(result, () => calibrationText(found, result, context));
      }),
    );
};

function leafText({ id, title, meaning, unit, leaf }: ModelNode, context: CommandContext): string {
  if (!leaf) throw new InputError(`${id} has no measure of its own`);
  const { language } = context;
  const word = wordsIn(language);
  const { measure, best, worst, scale, owner, intervention, frequency } = leaf;
  const range =
    scale.kind === 'band'
      ? `${scale.bestLow}–${scale.bestHigh} (0: ${scale.low}, ${scale.high})`
      : `${best}${worst === null ? '' : ` (0: ${worst})`}`;
  return tableText(
    ['', ''],
    [
      [word('node'), `${id} ${title[language]}`],
      [word('meaning'), meaning[language]],
      [word('unit'), unit],
      [word('measure'), measureWords(measure)[language]],
      ['', measure.kind === 'entry' ? '' : measure.text],
      [word('target'), range],
      [word('frequency'), frequency],
      [word('owner'), owner[language]],
      [word('intervention'), intervention[language]],
    ].filter((row) => row[1] !== ''),
  );
}

function calibrationText(model: Model, calibration: Calibration, context: CommandContext): string {
  const { modules, correlations, periods, stages } = calibration;
  const word = wordsIn(context.language);
  const rows = modules.map((id, index) => [
    id,
    ...(correlations[index] ?? []).map((rho) => (rho === null ? '—' : rho.toFixed(2))),
  ]);
  return [
    `${model.title[context.language]} (${model.id} ${model.version}) · ${word('period')} ${periods[0]} … ${periods.at(-1)} (${periods.length})`,
    word('correlation'),
    tableText(['', ...modules], rows),
    word('proposal'),
    stagesYaml(stages),
  ].join('\n');
}

function howText(node: ModelNode): string {
  if (node.combine)
    return node.combine.kind === 'formula' ? node.combine.formula : `${node.combine.method} mean`;
  const measure = node.leaf?.measure;
  if (!measure) throw new InputError(`${node.id} has neither children nor a measure`);
  return measure.kind === 'entry' ? 'entry' : measure.text;
}

function stagesText({ stages }: Model, context: CommandContext): string[] {
  const word = wordsIn(context.language);
  if (stages.length === 0) return [];
  const rows = stages.flatMap(({ title, from, modules }) =>
    Object.entries(modules).map(([id, { weight, min, max }], index) => [
      index === 0 ? `${title[context.language]} ≥ ${from}` : '',
      id,
      String(weight),
      String(min),
      String(max),
    ]),
  );
  return [tableText([word('stage'), word('node'), word('weight'), word('least'), word('most')], rows)];
}

function modelText(model: Model, context: CommandContext): string {
  const word = wordsIn(context.language);
  const rows = flattenNodes(model.nodes).map((node) => [
    `${'  '.repeat(node.level - 1)}${node.id}`,
    node.title[context.language],
    node.unit,
    node.weight === null ? '' : String(node.weight),
    howText(node),
  ]);
  const open = model.interpretations.map(
    (each) =>
      `${each.id}: ${each.question[context.language]} [${each.options.map(({ id }) => (id === each.default ? `*${id}` : id)).join(' | ')}]`,
  );
  return [
    `${model.title[context.language]} (${model.id} ${model.version})`,
    model.source.document[context.language],
    tableText(['', word('node'), word('unit'), '', ''], rows),
    model.overall.explanation[context.language],
    ...stagesText(model, context),
    ...open,
    `sha256 ${model.sha256}`,
  ].join('\n');
}
