import { InputError } from '../../collectors/contract.ts';
import { flattenNodes, type Model, type ModelNode } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import { checkReferences } from '../../scoring/model/references.ts';
import type { CommandDefinition } from '../command-line.ts';
import { faultText, findModel, readUserFile, shippedModels } from '../compose/models.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../surroundings.ts';
import { tableText } from '../table.ts';
import { wordsIn } from '../words.ts';

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
};

function howText(node: ModelNode): string {
  if (node.combine)
    return node.combine.kind === 'formula' ? node.combine.formula : `${node.combine.method} mean`;
  const measure = node.leaf?.measure;
  if (!measure) throw new InputError(`${node.id} has neither children nor a measure`);
  return measure.kind === 'entry' ? 'entry' : measure.text;
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
    ...open,
    `sha256 ${model.sha256}`,
  ].join('\n');
}
