import { shippedModels } from '../../cli/compose/models.ts';
import { flattenNodes, type Model, type ModelNode } from '../../scoring/contract.ts';
import { generatedMark, tableOf } from './markdown.ts';

function howOf(node: ModelNode): string {
  if (node.combine?.kind === 'formula') return `\`${node.combine.formula}\``;
  if (node.combine) return `weighted ${node.combine.method} mean`;
  const measure = node.leaf?.measure;
  return !measure || measure.kind === 'entry' ? 'entry' : `\`${measure.text.replaceAll('|', '\\|')}\``;
}

function stagesOf({ stages }: Model): string[] {
  if (stages.length === 0) return [];
  const rows = stages.flatMap(({ id, from, modules }) =>
    Object.entries(modules).map(([module, { weight, min, max }], index) => [
      index === 0 ? `\`${id}\`` : '',
      index === 0 ? String(from) : '',
      `\`${module}\``,
      String(weight),
      String(min),
      String(max),
    ]),
  );
  return [
    '## Stages\n',
    ...stages.map(({ id, title, meaning }) => `- \`${id}\` ${title.en} (${title.zh}): ${meaning.en}`),
    '',
    tableOf(['stage', 'from', 'module', 'weight', 'min', 'max'], rows),
    '\nThe stage score is Σ weight · min(module score, max) on the low bounds; a stage is reached when the score is at least `from`, every module is at its `min`, and all stages before it are reached.\n',
  ];
}

function pageOf(model: Model): string {
  const rows = flattenNodes(model.nodes).map((node) => [
    `\`${node.id}\``,
    node.title.zh,
    node.title.en,
    node.unit,
    node.weight === null ? '' : String(node.weight),
    howOf(node),
  ]);
  return [
    `# ${model.title.en} (${model.title.zh})\n`,
    generatedMark,
    `\`${model.id}\` ${model.version}, sha256 \`${model.sha256}\`. Source: ${model.source.document.en}, ${model.source.section.en}. Weights and scales: ${model.source.weightsBy === 'document' ? 'the document’s' : 'ours'}. Coverage floor ${model.coverageFloor}.\n`,
    `${model.description.en}\n`,
    tableOf(['id', '中文', 'English', 'unit', 'weight', 'formula or measure'], rows),
    '\n## Grades\n',
    tableOf(
      ['grade', 'from', 'meaning'],
      model.grades.map((band) => [band.grade, String(band.from), band.meaning.en]),
    ),
    `\n${model.overall.explanation.en}\n`,
    ...stagesOf(model),
    ...(model.interpretations.length > 0 ? ['## Interpretations\n'] : []),
    ...model.interpretations.map(
      (each) =>
        `- \`${each.id}\`: ${each.question.en} ${each.options.map(({ id, title }) => `\`${id}\`${id === each.default ? ' (default)' : ''}: ${title.en}`).join('; ')}`,
    ),
    '',
  ].join('\n');
}

/** One page per shipped model, from the checked model itself. */
export function modelPages(): [string, string][] {
  return shippedModels().map((model) => [`model-${model.id}.md`, pageOf(model)]);
}
